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
      What is measured comes out of the engine's masked passes and steps, under masks that it drew; what is \
      expected comes from the formula, from weights, inputs and p alone. Of each law the number that is furthest \
      off, in tolerances, is shown. Where each mask is gone through, the tolerance is rounding \
      (\(LawMeasurement.rounding) of the size of the numbers); where masks are sampled it is \
      \(LawMeasurement.sigmas) standard deviations (sigma), so that chance makes a right engine fail at less than \
      one seed in a million. The exit status is 1 where a law fails.
      """)

  @Option(
    name: .customLong("law"),
    help: ArgumentHelp(
      "Check this law only; several by commas, or by giving the option again.",
      valueName: "NAME[,NAME…]"))
  var names: [String] = []

  @Option(help: ArgumentHelp("Decides networks, examples and masks.", valueName: "NUMBER"))
  var seed = "7"

  @Option(help: "How the laws are written.")
  var format = LawFormat.table

  func run() throws {
    let laws = try chosenLaws()
    let seed = try parsedSeed()
    let kernels = try KernelPath.chosen(ThisProcess.environment)
    StandardError.write(
      "dropscope verify: \(laws.count) of \(LawBook.all.count) laws, seed \(seed), \(kernels.name) kernels\n"
    )
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
      // Law by law: the lines are the progress of a person who watches them.
      try output.flush()
      outcomes.append(outcome)
      progress.show(outcomes.count)
    }
    progress.clear()
    let verdict = LawVerdict(outcomes)
    for line in format.footer(verdict) { try output.writeLine(line) }
    try output.flush()
    if verdict.exitStatus != 0 { throw CommandFailure.lawsFail(verdict) }
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

  /// The seed, checked as every other one is.
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
