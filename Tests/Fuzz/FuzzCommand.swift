import ArgumentParser

/// Tries to break every reader of bytes, and the explorer, with inputs that are made for that.
@main struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Scripts/fuzz",
    abstract: "Try to break every reader of bytes, and the explorer.",
    discussion: """
      Input number n of a target is a function of seed, target and n alone. Inputs are read in a \
      process of their own. Where one ends it, hangs, or breaks a promise, its number is printed \
      with a smaller input that does the same, and the run goes on behind it. The status is 1 \
      where something was found.
      """,
    subcommands: [FuzzRunCommand.self, FuzzWorkCommand.self],
    defaultSubcommand: FuzzRunCommand.self)
}
