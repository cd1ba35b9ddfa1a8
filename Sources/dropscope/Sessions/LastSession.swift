import CLibrary
import DatasetFiles
import DropoutEngine
import Sessions

/// The session that `explore --last` goes on with.
enum LastSession {
  /// One line for the start screen that says what there is to go on with; nil where there is
  /// nothing.
  static var hint: String? {
    guard let last = SessionFolder(ThisProcess.environment)?.last,
      let session = try? SessionFile.read(last.path).session,
      session.position.step > 0 || session.isMade
    else { return nil }
    let seconds = max(0, time(nil) - last.modified / 1_000_000_000)
    // One line beside the key of the help, on a screen of 80 columns.
    let name = DatasetFiles.name(of: session.settings.experiment.data)
    let data = ForeignText.shown(name, limit: 16)
    return "explore --last goes on with \(data), step \(Grouped.text(session.position.step)), "
      + "\(age(seconds)) ago"
  }

  private static func age(_ seconds: Int) -> String {
    func text(_ count: Int, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
    return switch seconds {
    case ..<120: text(seconds, "second")
    case ..<7_200: text(seconds / 60, "minute")
    case ..<172_800: text(seconds / 3_600, "hour")
    default: text(seconds / 86_400, "day")
    }
  }
}
