import Charts
import DropoutEngine
import ExperimentFiles
import Explorer

/// The explorer's view as files: the screen, the curves, the evidence of the step.
enum ScreenFiles {
  /// Writes them, and says what became of it.
  static func write(_ state: ExplorerState, to folder: String) -> Action {
    let snapshot = state.snapshot
    let svg = ScreenPicture.svg(
      of: Screen.draw(state), theme: state.theme,
      title: "dropscope, \(snapshot.dataset.name), step \(snapshot.step)")
    do throws(FreshFiles.Failure) {
      return .written(
        folder: folder,
        names: try FreshFiles.write(
          [
            ("svg", Array(svg.utf8)), ("csv", curves(snapshot.measured.curves)),
            ("trace.jsonl", TraceLine.line(of: snapshot.watched.value.evidence) + [0x0A]),
          ], stem: "dropscope-\(snapshot.dataset.name)-\(snapshot.step)", to: folder))
    } catch {
      return .notWritten(folder: folder, reason: error.description)
    }
  }

  /// The points of the curves as a table with the names that metrics have.
  private static func curves(_ points: [CurvePoint]) -> [UInt8] {
    let header = "step,trainLoss,testLoss,minibatchLoss,scaledLoss,testAccuracy"
    let rows = points.map { point in
      ["\(point.step)"]
        + [
          point.trainLoss, point.testLoss, point.minibatchLoss, point.scaledLoss,
          point.testAccuracy ?? .nan,
        ].map(MetricsFormat.exact)
    }
    let lines = [header] + rows.map { $0.joined(separator: ",") }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
