/// Fuzzes one target: starts a worker, notes the input that breaks it, makes that smaller, and goes
/// on behind it.
package struct FuzzRun {
  /// The extent of a run.
  package struct Extent: Sendable {
    /// The seed that all inputs follow from.
    package var seed: UInt64
    /// The number of the first input.
    package var first: Int
    /// The most inputs, or lines where each line is something that happens; nil sets no bound.
    package var inputs: Int?
    /// The seconds after which no more input is begun; nil sets no bound.
    package var seconds: Double?
    /// The seconds of computing that one input may take.
    package var limit: Int
    /// The seconds that go into making one input smaller.
    package var reducing: Double

    /// Creates an extent.
    package init(
      seed: UInt64, first: Int = 0, inputs: Int?, seconds: Double?, limit: Int = 20,
      reducing: Double = 60
    ) {
      (self.seed, self.first, self.inputs, self.seconds) = (seed, first, inputs, seconds)
      (self.limit, self.reducing) = (limit, reducing)
    }
  }

  /// The failures of a target after which the rest of its inputs is not read.
  private static let mostFailures = 50
  /// The failures of one kind that are made smaller.
  private static let mostReduced = 3

  let target: FuzzTarget
  let extent: Extent
  /// The program that workers run.
  let program: String
  let environment: [String: String]
  /// The folder for the inputs that break a reader.
  let folder: String

  /// Prepares a run.
  package init(
    target: FuzzTarget, extent: Extent, program: String, environment: [String: String],
    folder: String
  ) {
    (self.target, self.extent, self.program) = (target, extent, program)
    (self.environment, self.folder) = (environment, folder)
  }

  /// Reads inputs until the extent is reached.
  ///
  /// - Parameter tell: called with each finding, as soon as it is there.
  /// - Returns: the counts.
  /// - Throws: ``FuzzError`` where no worker can be started, or the target is not ready.
  package func run(telling tell: (FuzzFinding) -> Void) throws(FuzzError) -> FuzzSummary {
    let room = try FuzzRoom.make()
    defer { room.remove() }
    let process = FuzzProcess(
      program: program, target: target, room: room,
      page: try SharedPage(path: room.file(FuzzProcess.pageName)), limit: extent.limit,
      environment: environment)
    var summary = FuzzSummary(target: target.name)
    var next = extent.first
    let end = extent.inputs.map { extent.first + $0 } ?? .max
    let start = FuzzClock.now
    // Making inputs smaller takes nothing from the time of the run.
    var spent = 0.0
    var failures: [FuzzFailure] = []
    while next < end, failures.count < Self.mostFailures {
      process.page.clear()
      let isOver = {
        if let seconds = extent.seconds, FuzzClock.now - start - spent >= seconds { return true }
        guard let inputs = extent.inputs, target.pieces == .lines else { return false }
        return summary.events + process.page[.events] >= inputs
      }
      if isOver() { break }
      let ending = try process.read(seed: extent.seed, next..<end, until: isOver)
      summary.add(process.page)
      guard let failure = ending.failure else { break }
      summary.inputs += 1
      let before = FuzzClock.now
      failures.append(failure)
      let isFamiliar = failures.count { $0.isLike(failure) } > Self.mostReduced
      let finding = try finding(failure, ending.number, process, isFamiliar: isFamiliar)
      summary.findings += 1
      tell(finding)
      spent += FuzzClock.now - before
      next = ending.number + 1
    }
    summary.seconds = FuzzClock.now - start - spent
    return summary
  }

  private func finding(
    _ failure: FuzzFailure, _ number: Int, _ process: FuzzProcess, isFamiliar: Bool
  ) throws(FuzzError) -> FuzzFinding {
    let input = try self.input(number, process.room)
    let reducer = InputReducer(
      process: process, failure: failure,
      deadline: FuzzClock.now + (isFamiliar ? 0 : extent.reducing))
    let reduced = try reducer.reduce(input)
    let path = "\(folder)/\(target.name)-\(extent.seed)-\(number)"
    try FuzzRoom.write(reduced, to: path)
    return FuzzFinding(
      target: target.name, seed: extent.seed, number: number, failure: failure, size: input.count,
      reduced: reduced, path: path)
  }

  private func input(_ number: Int, _ room: FuzzRoom) throws(FuzzError) -> [UInt8] {
    do {
      return try target.prepare(room).input(seed: extent.seed, target: target.name, number: number)
    } catch {
      throw FuzzError("\(target.name) cannot be prepared: \(error)")
    }
  }
}

/// The counts of a run.
package struct FuzzSummary: Equatable, Sendable {
  /// The name of the target.
  package let target: String
  /// How many inputs were read.
  package var inputs = 0
  /// How many of them were accepted.
  package var accepted = 0
  /// How much happened in them, such as keys.
  package var events = 0
  /// How many of them broke the reader.
  package var findings = 0
  /// How long that took.
  package var seconds = 0.0

  mutating func add(_ page: SharedPage) {
    inputs += page[.inputs]
    accepted += page[.accepted]
    events += page[.events]
  }
}
