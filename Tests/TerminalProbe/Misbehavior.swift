import CLibrary
import NcursesTerminal

/// An unplanned end of a program, by the key that causes it.
enum Misbehavior: String {
  case trap = "t"
  case abort = "a"
  case overflow = "o"
  case threadTrap = "T"
  case threadAbort = "A"
  case threadOverflow = "O"
  case exit = "x"
  case threadExit = "X"
  case stuck = "s"

  /// Misbehaves; returns where another thread misbehaves.
  func happen() {
    switch self {
    case .trap: trapNow()
    case .abort: Glibc.abort()
    case .overflow: print(overflowNow(1))
    case .threadTrap: onThread { trapNow() }
    case .threadAbort: onThread { Glibc.abort() }
    case .threadOverflow: onThread { print(overflowNow(1)) }
    case .exit: Glibc.exit(3)
    case .threadExit: onThread { Glibc.exit(3) }
    case .stuck: while true { usleep(1000) }
    }
  }
}

private func trapNow() {
  let numbers = Array(0..<Int(CommandLine.argc))
  print(numbers[numbers.count + 1])
}

@inline(never)
private func overflowNow(_ depth: Int) -> Int {
  var room = (depth, depth + 1, depth + 2, depth + 3)
  return withUnsafeMutablePointer(to: &room) { pointer in
    let below = overflowNow(pointer.pointee.0 + 1)
    return below + pointer.pointee.1 + pointer.pointee.3
  }
}

private func onThread(_ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      NcursesTerminal.prepareThread()
      Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
}
