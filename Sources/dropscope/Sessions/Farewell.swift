import DropoutEngine
import Explorer
import Sessions

/// The lines that stay in the terminal when an explorer was left: how to go on from there.
enum Farewell {
  /// Writes them to the standard error, behind the last record.
  static func write(_ state: ExplorerState, _ autosave: Autosave) {
    let path = autosave.failure == nil ? autosave.path : nil
    if let failure = autosave.failure { StandardError.writeLine("NOT SAVED: \(failure)") }
    for line in lines(state, savedIn: path) { StandardError.writeLine(line) }
  }

  /// The lines of the end.
  ///
  /// - Parameters:
  ///   - state: what was on the screen last.
  ///   - path: the autosave that has it; nil where nothing was saved.
  /// - Returns: the lines; none where nothing was trained.
  static func lines(_ state: ExplorerState, savedIn path: String?) -> [String] {
    let snapshot = state.snapshot
    guard
      snapshot.step > 0 || !snapshot.journal.entries.isEmpty
        || !(state.keptRace?.changes ?? []).isEmpty
    else { return [] }
    var lines: [String] = []
    if let path {
      lines.append(
        "step \(Grouped.text(snapshot.timeline.position.step)) is kept: dropscope --resume "
          + ShellWord.quoted(shortName(path)))
    }
    if let share = try? state.session(folder: nil).shareText() {
      lines.append("to share it: dropscope --share \(share)")
    }
    return lines
  }

  /// The name of an autosave, by which it is found in its folder.
  private static func shortName(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let suffix = SessionFolder.suffix
    return String(name.dropLast(name.hasSuffix(suffix) ? suffix.count : 0))
  }
}
