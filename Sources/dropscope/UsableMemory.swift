import CLibrary
import DropoutEngine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The memory that the process may still take, from the system.
///
/// Nothing else asks the system.
enum UsableMemory {
  /// The least of the memory that its limits (`ulimit -v`, `ulimit -d`), its control group and the
  /// machine leave; nil where none of them is known.
  static func bytes() -> Int? {
    [addressSpace, dataSegment, available ?? physical, controlGroup].compactMap { $0 }.min()
      .map { max(0, $0) }
  }

  /// Checks, before a file is read, that it fits into memory.
  ///
  /// Pipes and missing files pass.
  static func checkFile(_ path: String) throws(CommandFailure) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    try checkFile(path, bytes: Int(status.st_size))
  }

  /// Checks that this many bytes of a file fit into memory.
  static func checkFile(_ path: String, bytes size: Int) throws(CommandFailure) {
    guard let allowed = bytes(), size > allowed else { return }
    throw .usage(
      "\(ForeignText.path(path)): its \(ConfigurationError.size(size)) do not fit into the "
        + "\(ConfigurationError.size(allowed)) of memory that may be used: take a smaller file")
  }

  /// The memory that `ulimit -v` leaves.
  private static var addressSpace: Int? {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
    #else
      let resource = RLIMIT_AS
    #endif
    return limit { getrlimit(resource, &$0) }.map { $0 - (used("VmSize:") ?? 0) }
  }

  /// The memory that `ulimit -d` leaves.
  private static var dataSegment: Int? {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_DATA.rawValue)
    #else
      let resource = RLIMIT_DATA
    #endif
    return limit { getrlimit(resource, &$0) }.map { $0 - (used("VmData:") ?? 0) }
  }

  /// A limit of the process; nil where it has none.
  private static func limit(_ read: (inout rlimit) -> Int32) -> Int? {
    var value = rlimit()
    guard read(&value) == 0 else { return nil }
    return Int(exactly: value.rlim_cur)
  }

  /// The memory that other processes leave, with what can be swapped out; nil where the system does
  /// not say so.
  private static var available: Int? {
    guard let memory = figure("MemAvailable:", in: "/proc/meminfo") else { return nil }
    return memory + (figure("SwapFree:", in: "/proc/meminfo") ?? 0)
  }

  /// The memory of the machine.
  private static var physical: Int? {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    guard pages > 0, size > 0 else { return nil }
    let (bytes, isTooLarge) = pages.multipliedReportingOverflow(by: size)
    return isTooLarge ? nil : bytes
  }

  /// The memory that the process's control group, of version 1 or 2, and all groups around it
  /// leave.
  private static var controlGroup: Int? {
    guard let groups = text("/proc/self/cgroup") else { return nil }
    var least: Int?
    for line in groups.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isSecond = parts[1].isEmpty
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
      let root = isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      var folders = parts[2].split(separator: "/")
      while true {
        let folder = ([root] + folders.map(String.init)).joined(separator: "/")
        least = [least, left(in: folder, isSecond: isSecond)].compactMap { $0 }.min()
        guard folders.popLast() != nil else { break }
      }
    }
    return least
  }

  /// The memory that a control group leaves; nil where it has no limit.
  ///
  /// Cached pages of files count as used there, but the system frees them before it refuses memory.
  private static func left(in folder: String, isSecond: Bool) -> Int? {
    func number(_ name: String) -> Int? {
      text("\(folder)/\(name)").flatMap { Int($0.filter { !$0.isWhitespace }) }
    }
    guard let limit = number(isSecond ? "memory.max" : "memory.limit_in_bytes") else { return nil }
    guard let used = number(isSecond ? "memory.current" : "memory.usage_in_bytes"),
      let figures = text("\(folder)/memory.stat")
    else { return limit }
    let prefix = isSecond ? "" : "total_"
    let files = figures.split(separator: "\n").reduce(0) { sum, line in
      let words = line.split(separator: " ")
      guard words.count == 2, let bytes = Int(words[1]),
        words[0] == prefix + "active_file" || words[0] == prefix + "inactive_file"
      else { return sum }
      return sum + bytes
    }
    return limit - max(0, used - files)
  }

  /// A figure of /proc/self/status, in bytes.
  private static func used(_ name: String) -> Int? { figure(name, in: "/proc/self/status") }

  /// A figure that the system gives in kilobytes, in bytes.
  private static func figure(_ name: String, in path: String) -> Int? {
    guard let figures = text(path) else { return nil }
    let line = figures.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
      .flatMap { Int($0) }.map { $0 * 1024 }
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
