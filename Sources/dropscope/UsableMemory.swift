#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How much memory the process may still take, as the system says: the only place that asks.
enum UsableMemory {
  /// The least of what its limits (`ulimit -v`, `ulimit -d`), its control group and the machine leave; nil where none of
  /// them says anything.
  static func bytes() -> Int? {
    [addressSpace, dataSegment, physical, controlGroup].compactMap { $0 }.min().map { max(0, $0) }
  }

  /// What `ulimit -v` leaves.
  private static var addressSpace: Int? {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
    #else
      let resource = RLIMIT_AS
    #endif
    return limit { getrlimit(resource, &$0) }.map { $0 - (used("VmSize:") ?? 0) }
  }

  /// What `ulimit -d` leaves.
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

  /// The memory of the machine.
  private static var physical: Int? {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    guard pages > 0, size > 0 else { return nil }
    let (bytes, isTooLarge) = pages.multipliedReportingOverflow(by: size)
    return isTooLarge ? nil : bytes
  }

  /// What the control group of the process may take, the first version of them or the second, and all that it is within.
  private static var controlGroup: Int? {
    guard let groups = text("/proc/self/cgroup") else { return nil }
    var least: Int?
    for line in groups.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isSecond = parts[1].isEmpty
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
      let (root, name) =
        isSecond
        ? ("/sys/fs/cgroup", "memory.max") : ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
      var folders = parts[2].split(separator: "/")
      while true {
        let path = ([root] + folders.map(String.init) + [name]).joined(separator: "/")
        let found = text(path).flatMap { Int($0.filter { !$0.isWhitespace }) }
        least = [least, found].compactMap { $0 }.min()
        guard folders.popLast() != nil else { break }
      }
    }
    return least
  }

  /// A figure of /proc/self/status, in bytes.
  private static func used(_ name: String) -> Int? {
    guard let status = text("/proc/self/status") else { return nil }
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
      .flatMap { Int($0) }.map { $0 * 1024 }
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
