import DropoutEngine
import Sessions

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The folder into which trainings record by default.
enum RecordingFolder {
  /// The end of a recording's name.
  static let suffix = ".dropscope.jsonl"

  /// Its path: `dropscope/runs` in `XDG_STATE_HOME`, or in `~/.local/state` without it.
  static func path(_ environment: [String: String]) -> String? {
    XDGFolder.state(environment).map { $0 + "/runs" }
  }

  /// The recording that was written last.
  ///
  /// - Throws: status 66 where there is none, with what makes one.
  static func newest(_ environment: [String: String]) throws(CommandFailure) -> String {
    guard let folder = path(environment) else {
      throw .noInput("HOME and XDG_STATE_HOME are not set: name a recording, or - for a pipe")
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let paths = names.filter { $0.hasSuffix(suffix) }.map { folder + "/" + $0 }
    let written = paths.compactMap { path in
      FileStatus(path).map { (path: path, time: $0.modified) }
    }
    guard let newest = written.max(by: { ($0.time, $0.path) < ($1.time, $1.path) }) else {
      throw .noInput(
        "there is no recording in \(ForeignText.path(folder)): a training script makes one with "
          + "scope = dropscope.watch(model, batch) and scope.step(loss=loss) in its loop (pip "
          + "install dropscope); or name a file, or - for a pipe")
    }
    return newest.path
  }
}
