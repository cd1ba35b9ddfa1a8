public import ArgumentParser
import DropoutEngine
import DropoutLaws
public import ExperimentFiles

/// `dropscope verify`: checks the laws of dropout on this machine.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check the laws of dropout on this machine's arithmetic: measured against closed form.",
    discussion: """
      Measured values come from the engine's masked passes and steps, under masks that it drew. \
      Expected values come from a formula that knows only weights, inputs and p. Each law shows \
      its worst number, by error over tolerance. Where every mask is enumerated, the tolerance is \
      rounding (\(LawMeasurement.rounding) of the size of the numbers). Where masks are sampled, \
      it is \(LawMeasurement.sigmas) standard deviations (sigma), so that a right engine fails by \
      chance at less than one seed in a million. The exit status is 1 if a law fails.
      """)

  @Option(
    name: .customLong("law"),
    help: ArgumentHelp(
      "Check only this law; for several, use commas or repeat the option.",
      valueName: "NAME[,NAME…]"))
  var names: [String] = []

  @Option(help: ArgumentHelp("The seed of networks, examples and masks.", valueName: "NUMBER"))
  var seed = "7"

  @Option(help: "The format of the results.")
  var format = LawFormat.table

  func run() throws {
    let laws = try chosenLaws()
    let seed = try parsedSeed()
    let kernels = try KernelPath.chosen(ThisProcess.environment)
    StandardError.write(
      "dropscope verify: \(laws.count) of \(LawBook.all.count) laws, seed \(seed), "
        + "\(kernels.name) kernels\n")
    try SystemLimits.checkThreads(1)
    let interruption = Interruption()
    interruption.watch()
    var output = OutputStream.standardOutput()
    var progress = ProgressBar(
      total: laws.count, noun: "law", after: .seconds(1),
      isShown: StandardError.isTerminal && !OutputStream.isTerminal)
    for line in format.header { try output.writeLine(line) }
    var outcomes: [LawOutcome] = []
    for law in laws {
      if let signal = interruption.signal {
        progress.clear()
        throw CommandFailure.interrupted(signal: signal)
      }
      let outcome = law.check(seed: seed, kernels: kernels)
      for line in format.lines(outcome, after: outcomes.last) { try output.writeLine(line) }
      // Each law's line goes out at once, as progress for a person who watches.
      try output.flush()
      outcomes.append(outcome)
      progress.show(outcomes.count)
    }
    progress.clear()
    let verdict = LawVerdict(outcomes)
    for line in format.footer(verdict) { try output.writeLine(line) }
    try output.flush()
    if !verdict.failing.isEmpty { throw CommandFailure.lawsFail(verdict) }
  }

  private func chosenLaws() throws(CommandFailure) -> [Law] {
    guard !names.isEmpty else { return LawBook.all }
    do {
      return try LawBook.laws(
        named: names.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
          .map(String.init))
    } catch {
      throw .usage(error.description)
    }
  }

  /// The seed, checked like all seeds.
  private func parsedSeed() throws(CommandFailure) -> UInt64 {
    var settings = Settings()
    do {
      try ParameterTable.definition(named: "data-seed")?.set(seed, &settings)
    } catch {
      throw CommandFailure(error)
    }
    return settings.experiment.dataSeed
  }
}

extension LawFormat: ExpressibleByArgument {}
