import ArgumentParser
import DropoutEngine
import Foundation

/// Measures dropscope and, where they are installed, its peers.
///
/// `Scripts/benchmark` builds everything and starts this.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Scripts/benchmark",
    abstract: "Measure dropscope beside NumPy, PyTorch and JAX, on this machine.",
    discussion: """
      The first run makes a Python environment in Benchmarks/.venv and installs the peers there. \
      On Linux, PyTorch brings several gigabytes of libraries for graphics processors. Without \
      the peers, dropscope is measured alone. Nothing else should run meanwhile. The exit status \
      is 1 if something does not learn its task or cannot be measured.
      """)

  /// A part of the measurements.
  enum Part: String, CaseIterable, ExpressibleByArgument {
    case peers, kernels, ensemble, program, metrics, compare, frames, rewind, sizes
  }

  @Flag(
    help:
      "Fewer and shorter measurements, and PyTorch without torch.compile: to see that all works.")
  var quick = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Measure these parts only.", valueName: "PART…"))
  var only: [Part] = []

  @Option(
    help: ArgumentHelp(
      "The rounds of each measurement. Default: 7, with --quick 3.", valueName: "COUNT"))
  var rounds: Int?

  @Option(
    help: ArgumentHelp(
      "Take the images of W4 from a folder with the IDX files of MNIST.", valueName: "FOLDER"))
  var mnist: String?

  @Option(help: ArgumentHelp("Write all figures and samples to a file.", valueName: "FILE"))
  var json: String?

  @Flag(help: "Write docs/performance.md, its picture, and the figures in the README.")
  var writeDocs = false

  @Option(help: .hidden)
  var dropscope: String

  @Option(help: .hidden)
  var python: String?

  @Option(help: .hidden)
  var root: String

  func validate() throws {
    if let rounds, !(1...1000).contains(rounds) {
      throw ValidationError("--rounds is \(rounds): it takes 1 to 1000.")
    }
    guard writeDocs else { return }
    if quick || !only.isEmpty {
      throw ValidationError(
        "--write-docs needs all measurements at full length: leave --quick and --only out.")
    }
    if python == nil {
      throw ValidationError(
        "--write-docs needs the peers, and there is no Python environment with them.")
    }
  }

  func run() throws {
    // A peer that has ended is an error like any other.
    signal(SIGPIPE, SIG_IGN)
    let options = BenchmarkOptions(
      isQuick: quick, rounds: rounds ?? (quick ? 3 : 7), dropscope: dropscope, python: python,
      root: URL(fileURLWithPath: root))
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("dropscope-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }

    let machine = Machine.here
    var document = PerformanceDocument(machine: machine, command: command, mnist: mnist != nil)
    print(machine.description + "\n")
    let tasks = try BenchmarkTask.all(mnist: mnist)
    func measure(_ part: Part, _ sections: () throws -> [ReportSection]) throws {
      guard only.isEmpty || only.contains(part) else { return }
      for section in try sections() {
        document.sections.append(section)
        print(section.plainLines.joined(separator: "\n"))
        fflush(nil)
      }
    }
    let main = BenchmarkTask.main(of: tasks)
    let program = ProgramBenchmarks(options: options, tasks: main, scratch: scratch)
    try measure(.peers) {
      let outcome = try PeerBenchmarks(options: options, tasks: tasks, scratch: scratch).run()
      document.versions = outcome.versions
      document.ratios = outcome.ratios
      return [outcome.section]
    }
    try measure(.sizes) { [try SizeBenchmarks(options: options).run()] }
    try measure(.kernels) { [try KernelBenchmarks(options: options, tasks: main).run()] }
    try measure(.program) { [try program.startAndMemory()] }
    try measure(.metrics) { [try program.metrics()] }
    try measure(.compare) {
      [try program.comparisons(), try RaceBenchmarks(options: options).run()]
    }
    try measure(.frames) { [try FrameBenchmarks(options: options).run()] }
    try measure(.rewind) { [try RewindBenchmarks(options: options, tasks: tasks).run()] }
    try measure(.ensemble) { try EnsembleBenchmarks(options: options).run() }

    if let json { try document.json().write(to: URL(fileURLWithPath: json)) }
    if writeDocs { try document.write(to: options.root) }
    let complaints = document.sections.flatMap(\.complaints)
    for complaint in complaints { say("Scripts/benchmark: \(complaint)") }
    if !complaints.isEmpty { throw ExitCode(1) }
  }

  /// The typed command, without the script's additions.
  private var command: String {
    var words = ["Scripts/benchmark"]
    if let rounds { words += ["--rounds", "\(rounds)"] }
    if mnist != nil { words += ["--mnist", "FOLDER"] }
    if writeDocs { words.append("--write-docs") }
    return words.joined(separator: " ")
  }
}

/// The amount and the means of measurement.
struct BenchmarkOptions {
  var isQuick: Bool
  /// The number of times that peers are measured in turns.
  var rounds: Int
  /// The release build of the program.
  var dropscope: String
  /// The interpreter of the peers' environment; nil where there is none.
  var python: String?
  /// The folder of the package.
  var root: URL

  /// The folder of the benchmarks.
  var folder: URL { root.appendingPathComponent("Benchmarks") }
  /// The approximate seconds of one measurement.
  var seconds: Double { isQuick ? 0.1 : 0.5 }
  /// The number of rounds of long measurements.
  var shortRounds: Int { min(rounds, isQuick ? 2 : 5) }
  /// The number of starts of the program.
  var programRuns: Int { isQuick ? 3 : 15 }
  /// The number of times that the same frames are drawn in one measurement.
  var frameRepeats: Int { isQuick ? 5 : 50 }
}
