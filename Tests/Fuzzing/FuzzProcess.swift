import CLibrary

/// Starts workers, and waits for them.
struct FuzzProcess {
  /// The page that a worker shares, in its room.
  static let pageName = "page"
  /// The inputs that a worker is to read, in its room.
  static let candidatesName = "candidates"

  /// The program that a worker runs.
  let program: String
  let target: FuzzTarget
  let room: FuzzRoom
  let page: SharedPage
  /// The seconds of computing that one input may take.
  let limit: Int
  /// The variables of its environment.
  let environment: [String: String]

  /// The end of a worker; nil is a good one.
  struct Ending {
    let failure: FuzzFailure?
    /// The number of the input that it was at.
    let number: Int
  }

  /// Lets a worker read inputs of a seed, until it is through, it breaks, or time is up.
  func read(
    seed: UInt64, _ numbers: Range<Int>, until isOver: () -> Bool
  ) throws(FuzzError) -> Ending {
    try work(["--seed", "\(seed)"], numbers, until: isOver)
  }

  /// Lets a worker read these inputs.
  func read(_ candidates: [[UInt8]], from first: Int) throws(FuzzError) -> Ending {
    var bytes: [UInt8] = []
    for candidate in candidates {
      withUnsafeBytes(of: candidate.count) { bytes.append(contentsOf: $0) }
      bytes += candidate
    }
    try room.write(bytes, to: FuzzProcess.candidatesName)
    return try work(["--candidates"], first..<candidates.count, until: { false })
  }

  /// The inputs that a worker was given.
  static func candidates(in room: FuzzRoom) throws(FuzzError) -> [[UInt8]] {
    let bytes = try FuzzRoom.contents(of: room.file(candidatesName))
    let word = MemoryLayout<Int>.size
    var candidates: [[UInt8]] = []
    var place = 0
    while place + word <= bytes.count {
      let count = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: Int.self) }
      candidates.append(Array(bytes[place + word..<place + word + count]))
      place += word + count
    }
    return candidates
  }

  private func work(
    _ source: [String], _ numbers: Range<Int>, until isOver: () -> Bool
  ) throws(FuzzError) -> Ending {
    page.clear()
    let arguments =
      [
        "work", target.name, "--room", room.path, "--from", "\(numbers.lowerBound)", "--to",
        "\(numbers.upperBound)", "--limit", "\(limit)",
      ] + source
    let process = try start(arguments)
    var status: Int32 = 0
    var pause: UInt32 = 200
    // Time of the clock counts only where nothing is computed at all.
    var (last, since) = (-1, FuzzClock.now)
    var isStuck = false
    while waitpid(process, &status, WNOHANG) == 0 {
      usleep(pause)
      pause = min(2 * pause, 20_000)
      if isOver() { page[.stop] = 1 }
      let number = page[.number]
      if number != last { (last, since) = (number, FuzzClock.now) }
      if FuzzClock.now - since > Double(30 * limit) {
        isStuck = true
        kill(process, SIGKILL)
      }
    }
    let number = page[.number]
    let failure = failure(status, isStuck: isStuck)
    if let failure, number < 0 {
      throw FuzzError("\(target.name) cannot be prepared: the worker \(failure)")
    }
    return Ending(failure: failure, number: number)
  }

  private func failure(_ status: Int32, isStuck: Bool) -> FuzzFailure? {
    let signal = status & 0x7F
    if isStuck || signal == SIGPROF { return .hang }
    if signal != 0 { return .signal(signal) }
    let code = (status >> 8) & 0xFF
    if code == FuzzWorker.faultStatus, let fault = page.fault { return .fault(fault) }
    return code == 0 ? nil : .status(code)
  }

  /// Starts the program; what it prints is not kept, since a trap prints nothing in a release.
  private func start(_ arguments: [String]) throws(FuzzError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, flags) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_WRONLY)] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", flags, 0)
    }
    posix_spawn_file_actions_addopen(
      &actions, STDERR_FILENO, room.file("messages"), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // A thread of a pool blocks signals, also the one that ends an input which hangs.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    // The runtime would take seconds to describe each trap.
    let variables = environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var process = pid_t()
    let code = posix_spawn(&process, program, &actions, &attributes, &words, &settings)
    guard code == 0 else {
      throw FuzzError("cannot start \(program): \(String(cString: strerror(code)))")
    }
    return process
  }
}

/// A clock that only goes on.
enum FuzzClock {
  /// Seconds since some moment.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
