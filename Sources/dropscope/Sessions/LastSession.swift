import CLibrary
import DropoutEngine
import Sessions

/// The session that an explorer saved by itself last.
enum LastSession {
  /// One line for the start screen that says what there is to go on with; nil where there is
  /// nothing.
  static var hint: String? {
    guard let last = SessionFolder(ThisProcess.environment)?.last,
      let session = try? SessionFile.read(last.path).session, session.position.step > 0
    else { return nil }
    let seconds = max(0, time(nil) - last.modified / 1_000_000_000)
    // One line beside the key of the help, on a screen of 80 columns.
    let data = ForeignText.shown(session.settings.experiment.data, limit: 16)
    return "explore --last goes on with \(data), step \(Grouped.text(session.position.step)), "
      + "\(age(seconds)) ago"
  }

  private static func age(_ seconds: Int) -> String {
    switch seconds {
    case ..<120: "\(seconds) seconds"
    case ..<7_200: "\(seconds / 60) minutes"
    case ..<172_800: "\(seconds / 3_600) hours"
    default: "\(seconds / 86_400) days"
    }
  }
}
