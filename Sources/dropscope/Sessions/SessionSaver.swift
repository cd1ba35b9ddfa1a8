import DropoutEngine
import Explorer
import Sessions

/// Saves the session of an explorer as a file that the person names.
struct SessionSaver {
  /// The session that was saved last, and its path: that file may be replaced.
  private var saved: (path: String, session: Session)?

  /// Saves; a file with something else in it is replaced only where the person said so.
  mutating func save(_ state: ExplorerState, to path: String, replacing: Bool) -> SaveOutcome {
    let session = state.session(folder: ThisProcess.folder)
    // Somebody else may have written the file since.
    let isOurs =
      replacing && (saved?.path != path || saved?.session == SessionSaver.contents(of: path))
    do throws(SavedFileError) {
      try SessionFile.write(session, to: path, replacing: isOurs)
    } catch {
      guard case .exists = error.problem else {
        return .failed(path: path, reason: error.description)
      }
      saved = nil
      return .exists(path: path)
    }
    saved = (path, session)
    return .saved(path: path)
  }

  private static func contents(of path: String) -> Session? {
    try? SessionFile.read(path).session
  }
}
