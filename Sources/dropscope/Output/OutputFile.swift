import DropoutEngine

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that is to be written at the end: it is checked before the work starts, and never half overwritten.
struct OutputFile {
  /// The path as it was given.
  private let path: String
  /// What is written: the target where the path is a symbolic link, which stays.
  private let target: String
  /// Whether there is a device or a pipe, which cannot be replaced by another file.
  private let isDevice: Bool

  /// The name of the file beside the target that takes its place when it is complete.
  private var temporary: String { "\(folder)/.dropscope-\(getpid())" }
  private var folder: String { OutputFile.folder(of: target) }

  /// Finds out whether the file can be written.
  ///
  /// - Throws: status 73 where it cannot: a name that is empty or too long, a folder that is gone or closed.
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
    // Only opening says whether the system takes the name: too long, not allowed, no room for another file.
    if !isThere {
      let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw OutputFile.refusal(path, OutputFile.reason(errno)) }
      close(descriptor)
      unlink(target)
    }
  }

  /// Writes the file: to one beside it first, which then takes the name; devices are written to as they are.
  func write(_ bytes: [UInt8]) throws(CommandFailure) {
    do {
      if isDevice {
        try fill(target, flags: O_WRONLY | O_CLOEXEC, bytes)
        return
      }
      unlink(temporary)
      try fill(temporary, flags: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, bytes)
      var status = stat()
      // Who could read the file that is replaced can read this one.
      if stat(target, &status) == 0 { chmod(temporary, status.st_mode & 0o7777) }
      guard rename(temporary, target) == 0 else { throw SystemFailure(code: errno) }
    } catch {
      if !isDevice { unlink(temporary) }
      throw .inputOutput("\(ForeignText.path(path)): cannot be written: \(error)")
    }
  }

  private func fill(_ path: String, flags: Int32, _ bytes: [UInt8]) throws(SystemFailure) {
    let descriptor = open(path, flags, 0o666)
    guard descriptor >= 0 else { throw SystemFailure(code: errno) }
    do {
      try FileDescriptor(number: descriptor).writeAll(bytes)
    } catch {
      close(descriptor)
      throw error
    }
    // Some file systems say only here that there was no room.
    guard close(descriptor) == 0 else { throw SystemFailure(code: errno) }
  }

  /// The path behind all symbolic links, whether there is something or not.
  private static func followed(_ path: String) throws(CommandFailure) -> String {
    guard !path.isEmpty else { throw .cannotCreate("'': the name of the file to write is empty") }
    guard !path.utf8.contains(0) else { throw refusal(path, "a name has no NUL in it") }
    var target = path
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(target, &buffer, buffer.count)
      guard count >= 0 else { return target }
      // A link of the process's own open files has no path.
      var status = stat()
      if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return target }
      let next = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      target = next.hasPrefix("/") ? next : "\(folder(of: target))/\(next)"
    }
    throw refusal(path, reason(ELOOP))
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func refusal(_ path: String, _ reason: String) -> CommandFailure {
    .cannotCreate("\(ForeignText.path(path)): \(reason)")
  }

  private static func reason(_ code: Int32) -> String { SystemFailure(code: code).description }
}
