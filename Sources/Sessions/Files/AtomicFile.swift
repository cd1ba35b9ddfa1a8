import CLibrary

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes files that are never half written, whatever ends the program or the machine.
package enum AtomicFile {
  /// Writes a file.
  ///
  /// It is written under another name in the same folder first, which then takes the target's
  /// place. It is on the disk when this returns.
  ///
  /// - Parameters:
  ///   - bytes: the contents.
  ///   - target: the path; a symbolic link is replaced, not followed.
  ///   - replacing: whether a file that is there may be replaced. Where it may not, two programs
  ///     that write it at once cannot both succeed.
  /// - Throws: ``SystemFailure``, with `EEXIST` where a file is there and may not be replaced.
  package static func write(
    _ bytes: [UInt8], to target: String, replacing: Bool
  ) throws(SystemFailure) {
    let folder = folder(of: target)
    let number = UInt32.random(in: 0 ... .max)
    let temporary = "\(folder)/.dropscope-\(getpid())-\(String(number, radix: 36))"
    do throws(SystemFailure) {
      try fill(temporary, bytes, permissions: replacing ? permissions(of: target) : nil)
      if replacing {
        try move(temporary, to: target)
      } else {
        try place(temporary, at: target)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    synchronize(folder)
  }

  /// Gives a file another name; a file of that name is replaced.
  ///
  /// - Throws: ``SystemFailure``.
  private static func move(_ path: String, to other: String) throws(SystemFailure) {
    guard rename(path, other) == 0 else { throw SystemFailure(code: errno) }
  }

  /// Gives a file the first of some names that no other file has.
  ///
  /// - Returns: its new name; nil where all of them are taken.
  /// - Throws: ``SystemFailure``.
  package static func move(
    _ path: String, toFirstFreeOf names: [String]
  ) throws(SystemFailure) -> String? {
    var status = stat()
    guard let free = names.first(where: { lstat($0, &status) != 0 && errno == ENOENT }) else {
      return nil
    }
    try move(path, to: free)
    return free
  }

  /// The folder of a path.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A new file can be read by everybody who could read the old one.
  private static func permissions(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  private static func fill(
    _ path: String, _ bytes: [UInt8], permissions: mode_t?
  ) throws(SystemFailure) {
    let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw SystemFailure(code: errno) }
    do throws(SystemFailure) {
      try FileDescriptor(number: number).writeAll(bytes)
      try FileDescriptor(number: number).synchronize()
      if let permissions { fchmod(number, permissions) }
    } catch {
      close(number)
      throw error
    }
    // Some file systems report only here that they are full.
    guard close(number) == 0 else { throw SystemFailure(code: errno) }
  }

  /// Gives a file its name, unless that is taken.
  private static func place(_ temporary: String, at target: String) throws(SystemFailure) {
    if link(temporary, target) == 0 || hasTwoNames(temporary) {
      unlink(temporary)
      return
    }
    let code = errno
    guard [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS, EMLINK].contains(code) else {
      throw SystemFailure(code: code)
    }
    // A file system without hard links: the name is taken first, by an empty file of our own.
    let number = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw SystemFailure(code: errno) }
    close(number)
    do throws(SystemFailure) {
      try move(temporary, to: target)
    } catch {
      unlink(target)
      throw error
    }
  }

  /// Whether a link was made: over NFS the answer can be lost, and the second try then fails.
  private static func hasTwoNames(_ path: String) -> Bool {
    let code = errno
    defer { errno = code }
    var status = stat()
    return stat(path, &status) == 0 && status.st_nlink == 2
  }

  /// Puts the names in a folder on the disk; some file systems cannot, and do it by themselves.
  private static func synchronize(_ folder: String) {
    let number = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { return }
    fsync(number)
    close(number)
  }
}

extension FileDescriptor {
  /// Waits until all that was written is on the disk.
  ///
  /// - Throws: ``SystemFailure``; not where the file is of a kind that has no disk.
  package func synchronize() throws(SystemFailure) {
    while true {
      #if canImport(Darwin)
        let result = fsync(number)
      #else
        let result = fdatasync(number)
      #endif
      if result == 0 || errno == EINVAL || errno == ENOTSUP { return }
      if errno != EINTR { throw SystemFailure(code: errno) }
    }
  }
}
