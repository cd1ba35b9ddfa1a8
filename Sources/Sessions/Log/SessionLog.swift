import CLibrary
import DropoutEngine

/// The autosave of a running explorer: lines that are appended as things change.
///
/// Each change is on the disk when ``record(_:)`` returns. Whatever ends the program, at most the
/// last line is unfinished, and reading leaves that out. A lock that goes with the process says
/// that the file is in use.
public final class SessionLog {
  private let folder: SessionFolder
  /// The name of the data, for the file's name.
  private let dataName: String
  private let now: () -> Int
  private var file: Int32 = -1
  /// The bytes of whole lines.
  private var length = 0
  /// The session that the file holds so far; nil where it holds none.
  private var written: Session?
  /// The path of the file; nil until something was recorded.
  public private(set) var path: String?
  /// The reason why nothing is saved at present; nil while all is well.
  public private(set) var failure: SavedFileError?

  /// The length at which another file is begun.
  private let longest: Int

  /// Prepares to save; a file is made with the first record.
  ///
  /// - Parameters:
  ///   - folder: the folder of the autosaves, which is made where it is missing.
  ///   - dataName: the name of the data.
  ///   - longest: the number of bytes at which another file is begun.
  ///   - now: the time, in seconds since 1970; nil asks the clock.
  public init(
    in folder: SessionFolder, dataName: String, longest: Int = 16 << 20,
    now: (() -> Int)? = nil
  ) {
    (self.folder, self.dataName, self.longest) = (folder, dataName, longest)
    self.now = now ?? { time(nil) }
  }

  /// Prepares to go on in an autosave, instead of a file of its own.
  ///
  /// It is nil where another process writes that file, another machine made it, whose locks may
  /// not reach this one, or it is damaged.
  ///
  /// - Parameters:
  ///   - entry: the autosave.
  ///   - folder: the folder of the autosaves.
  ///   - longest: the number of bytes at which another file is begun.
  public init?(
    continuing entry: SessionFolderEntry, in folder: SessionFolder, longest: Int = 16 << 20
  ) {
    guard entry.host == SessionName.host else { return nil }
    let number = open(entry.path, O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard number >= 0 else { return nil }
    // Read under the lock: nobody can change the file before the first line is added.
    guard flock(number, LOCK_EX | LOCK_NB) == 0,
      let bytes = try? FileDescriptor(number: number).readToEnd(most: Session.sizeLimit + 1),
      bytes.count <= Session.sizeLimit, let end = bytes.lastIndex(of: UInt8(ascii: "\n")),
      let stored = try? SessionLogReader(name: entry.path, salvaging: false)
        .read(Array(bytes[...end])), stored.remark == nil
    else {
      CLibrary.close(number)
      return nil
    }
    (self.folder, self.longest) = (folder, longest)
    dataName = stored.session.settings.experiment.data
    now = { time(nil) }
    (file, path) = (number, entry.path)
    (length, written) = (end + 1, stored.session)
  }

  deinit { close() }

  /// Appends what changed since the last call.
  ///
  /// Where that fails, the next call tries again, with all that is missing.
  ///
  /// - Returns: the reason where it failed, the first time; nil where it went well, and while the
  ///   same reason lasts (``failure``).
  public func record(_ session: Session) -> SavedFileError? {
    do throws(SavedFileError) {
      try append(session)
      failure = nil
      return nil
    } catch {
      let isNew = failure?.problem != error.problem
      failure = error
      return isNew ? error : nil
    }
  }

  /// Closes the file; one without a whole session is removed.
  public func close() {
    guard file >= 0 else { return }
    if written == nil, let path { unlink(path) }
    CLibrary.close(file)
    (file, length, written, path) = (-1, 0, nil, nil)
  }

  private func append(_ session: Session) throws(SavedFileError) {
    // Somebody who removed the file, or a file that grew long, begins another one.
    if file >= 0, isRemoved || length >= longest { startOver() }
    if file < 0 { (file, path) = try folder.create(dataName: dataName, now: now()) }
    let lines = written.map { SessionLogLine.lines(from: $0, to: session) } ?? [.session(session)]
    guard !lines.isEmpty else { return }
    let isMade = lines.contains(where: \.isMade)
    // A session that cannot be read again must not count as saved.
    if isMade { _ = try Session(document: session.json.line, name: path ?? folder.path) }
    let bytes = lines.flatMap(\.bytes)
    do throws(SystemFailure) {
      // The torn line of a failed call is cut off before the next one.
      guard ftruncate(file, off_t(length)) == 0 else { throw SystemFailure(code: errno) }
      try FileDescriptor(number: file).writeAll(bytes)
      if isMade { try FileDescriptor(number: file).synchronize() }
    } catch {
      ftruncate(file, off_t(length))
      throw SavedFileError(
        name: path ?? folder.path, problem: .unwritable(reason: error.description))
    }
    length += bytes.count
    written = session
  }

  private var isRemoved: Bool {
    var status = stat()
    return fstat(file, &status) != 0 || status.st_nlink == 0
  }

  private func startOver() {
    CLibrary.close(file)
    (file, length, written, path) = (-1, 0, nil, nil)
  }
}
