import CLibrary

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A session that was read from a file.
public struct StoredSession: Equatable, Sendable {
  /// The session.
  public var session: Session
  /// A sentence about the damaged part that was left out; nil where nothing was.
  public var remark: String?

  /// Creates what was read.
  public init(session: Session, remark: String? = nil) {
    (self.session, self.remark) = (session, remark)
  }
}

/// Reads and writes sessions as files.
public enum SessionFile {
  /// Writes a session; the file is never half written.
  ///
  /// - Parameters:
  ///   - session: the session.
  ///   - path: the path of the file.
  ///   - replacing: whether a file that is there may be replaced.
  /// - Throws: ``SavedFileError``; where a file is there and may not be replaced its problem is
  ///   ``SavedFileProblem/exists``.
  public static func write(
    _ session: Session, to path: String, replacing: Bool = false
  ) throws(SavedFileError) {
    let bytes = session.document
    // A session that cannot be read again must not count as saved.
    _ = try Session(document: bytes, name: path)
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw SavedFileError(name: path, problem: .unwritable(reason: "this is no name of a file"))
    }
    guard !isDevice(path) else {
      throw SavedFileError(
        name: path, problem: .unwritable(reason: "it is no regular file: name another one"))
    }
    var target = path
    if replacing, let followed = realpath(path, nil) {
      target = String(cString: followed)
      free(followed)
    }
    do {
      try AtomicFile.write(bytes, to: target, replacing: replacing)
    } catch {
      if isFolder(path) { throw SavedFileError(name: path, problem: .isFolder) }
      throw SavedFileError(
        name: path,
        problem: error.code == EEXIST ? .exists : .unwritable(reason: error.description))
    }
  }

  /// Whether something that is neither a file nor a folder has the name: a device or a pipe, which
  /// must never be replaced.
  private static func isDevice(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Reads a saved session or an autosave.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - salvaging: whether what lies before a damaged line of an autosave is taken.
  /// - Returns: the session, and what had to be left out.
  /// - Throws: ``SavedFileError`` with the first fault.
  public static func read(
    _ path: String, salvaging: Bool = false
  ) throws(SavedFileError) -> StoredSession {
    try SessionLogReader(name: path, salvaging: salvaging)
      .read(bytes(of: path, limit: Session.sizeLimit))
  }

  /// The contents of a file of a bounded size.
  package static func bytes(of path: String, limit: Int) throws(SavedFileError) -> [UInt8] {
    func failure(_ reason: String, isMissing: Bool = false) -> SavedFileError {
      SavedFileError(name: path, problem: .unreadable(reason: reason, isMissing: isMissing))
    }
    guard !path.utf8.contains(0) else { throw failure("a name has no NUL in it") }
    // A pipe must not make the program wait.
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else {
      throw failure(SystemFailure(code: errno).description, isMissing: errno == ENOENT)
    }
    defer { close(number) }
    var status = stat()
    guard fstat(number, &status) == 0 else {
      throw failure(SystemFailure(code: errno).description)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw SavedFileError(
        name: path, problem: .notRegular(isFolder: status.st_mode & S_IFMT == S_IFDIR))
    }
    guard status.st_size <= limit else {
      throw SavedFileError(name: path, problem: .tooLarge(bytes: Int(status.st_size), limit: limit))
    }
    do {
      // One byte more tells a file that grew meanwhile.
      let bytes = try FileDescriptor(number: number).readToEnd(most: limit + 1)
      guard bytes.count <= limit else {
        throw SavedFileError(name: path, problem: .tooLarge(bytes: bytes.count, limit: limit))
      }
      return bytes
    } catch let error as SavedFileError {
      throw error
    } catch {
      throw failure("\(error)")
    }
  }
}
