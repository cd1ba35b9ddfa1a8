import CLibrary
import DropoutEngine
import Sessions

/// A file to be written at the end.
///
/// It is checked before the work starts, and never left half written.
struct OutputFile {
  /// The given path.
  private let path: String
  /// The file to write: where the path is a symbolic link, its target, so that the link stays.
  private let target: String
  /// Whether it is a device or a pipe, which no file can replace.
  private let isDevice: Bool

  private var folder: String { AtomicFile.folder(of: target) }

  /// Checks that the file can be written.
  ///
  /// - Throws: status 73 where it cannot: the name is empty or too long, or the folder is missing
  ///   or closed.
  init(_ path: String) throws(CommandFailure) {
    self.path = path
    target = try OutputFile.followed(path)
    var status = stat()
    let isThere = stat(target, &status) == 0
    if !isThere, errno != ENOENT { throw OutputFile.refusal(path, OutputFile.reason(errno)) }
    let kind = status.st_mode & S_IFMT
    isDevice = isThere && kind != S_IFREG && kind != S_IFDIR
    guard !isThere || kind != S_IFDIR else {
      throw OutputFile.refusal(path, "is a folder, not a file")
    }
    if isThere, access(target, W_OK) != 0 {
      throw OutputFile.refusal(path, OutputFile.reason(errno))
    }
    if isDevice { return }
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw OutputFile.refusal(path, "there is no folder \(ForeignText.path(folder))")
    }
    guard access(folder, W_OK | X_OK) == 0 else {
      throw OutputFile.refusal(path, "\(ForeignText.path(folder)): \(OutputFile.reason(errno))")
    }
    // Only opening tells whether the system accepts the name: it may be too long or not allowed, or
    // no file may fit.
    if !isThere {
      let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw OutputFile.refusal(path, OutputFile.reason(errno)) }
      close(descriptor)
      unlink(target)
    }
  }

  /// Writes the file: first under another name, which then replaces the target.
  ///
  /// Devices are written directly.
  func write(_ bytes: [UInt8]) throws(CommandFailure) {
    do {
      if isDevice {
        try fill(target, bytes)
        return
      }
      try AtomicFile.write(bytes, to: target, replacing: true)
    } catch {
      throw .inputOutput("\(ForeignText.path(path)): cannot be written: \(error)")
    }
  }

  private func fill(_ device: String, _ bytes: [UInt8]) throws(SystemFailure) {
    let descriptor = open(device, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure(code: errno) }
    do {
      try FileDescriptor(number: descriptor).writeAll(bytes)
    } catch {
      close(descriptor)
      throw error
    }
    // Some file systems report only here that they are full.
    guard close(descriptor) == 0 else { throw SystemFailure(code: errno) }
  }

  /// The path after all symbolic links, even if nothing is there.
  private static func followed(_ path: String) throws(CommandFailure) -> String {
    guard !path.isEmpty else { throw .cannotCreate("'': the name of the file to write is empty") }
    guard !path.utf8.contains(0) else { throw refusal(path, "a name has no NUL in it") }
    var target = path
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(target, &buffer, buffer.count)
      guard count >= 0 else { return target }
      // A link to one of the process's own open files has no path.
      var status = stat()
      if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return target }
      let next = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      target = next.hasPrefix("/") ? next : "\(AtomicFile.folder(of: target))/\(next)"
    }
    throw refusal(path, reason(ELOOP))
  }

  private static func refusal(_ path: String, _ reason: String) -> CommandFailure {
    .cannotCreate("\(ForeignText.path(path)): \(reason)")
  }

  private static func reason(_ code: Int32) -> String { SystemFailure(code: code).description }
}
