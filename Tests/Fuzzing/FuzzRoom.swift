import CLibrary

/// A folder for the files of a process, in memory where the system has a place for that.
package struct FuzzRoom: Sendable {
  /// The path of the folder.
  package let path: String

  /// The room in a folder that is there.
  package init(path: String) { self.path = path }

  /// Makes a folder that nobody else has.
  ///
  /// - Throws: ``FuzzError`` where that cannot be done.
  package static func make() throws(FuzzError) -> FuzzRoom {
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : temporaryFolder
    var name = Array("\(parent)/dropscope-fuzz-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else {
      throw FuzzError("no folder can be made in \(parent): \(FuzzError.system)")
    }
    return FuzzRoom(
      path: String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  private static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }

  /// The path of a file in the room.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file anew.
  ///
  /// - Throws: ``FuzzError`` where that cannot be done.
  package func write(_ bytes: some Collection<UInt8>, to name: String) throws(FuzzError) {
    try FuzzRoom.write(bytes, to: file(name))
  }

  /// Writes a file anew, wherever it is.
  package static func write(
    _ bytes: some Collection<UInt8>, to path: String, appending: Bool = false
  ) throws(FuzzError) {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : O_TRUNC)
    let descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else { throw FuzzError("cannot write \(path): \(FuzzError.system)") }
    defer { close(descriptor) }
    let bytes = Array(bytes)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        CLibrary.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FuzzError("cannot write \(path): \(FuzzError.system)") }
      done += count
    }
  }

  /// The contents of a file.
  ///
  /// - Throws: ``FuzzError`` where it cannot be read.
  package static func contents(of path: String) throws(FuzzError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FuzzError("cannot read \(path): \(FuzzError.system)") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FuzzError("cannot read \(path): \(FuzzError.system)") }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Removes the files of the room, and the room.
  package func remove() {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { unlink(file(name)) }
    }
    closedir(folder)
    rmdir(path)
  }
}

/// Something that keeps a fuzzer from working, as a sentence.
package struct FuzzError: Error, Equatable, CustomStringConvertible {
  /// The sentence.
  package let description: String

  /// Creates an error.
  package init(_ description: String) { self.description = description }

  /// The reason that the system gave last.
  static var system: String { String(cString: strerror(errno)) }
}
