/// One row of the parameter table: command line, palette, session files, help and manual are made from it.
public struct ParameterDefinition: Sendable {
  /// When a change takes effect.
  public enum Effect: Sendable {
    /// With the next step: weights and curves go on.
    case nextStep
    /// The experiment starts anew.
    case startsAnew
    /// On the screen, or for the length of the run: the network does not notice.
    case display
  }

  /// What the parameter is about.
  public enum Group: String, CaseIterable, Sendable {
    /// Where the examples come from.
    case data = "Data"
    /// The network's layers.
    case network = "Network"
    /// What is masked and scaled.
    case dropout = "Dropout"
    /// Penalties, optimizer, minibatches.
    case training = "Training"
    /// The seeds.
    case seeds = "Seeds"
    /// The length of a run.
    case run = "Run"
    /// The explorer's screen.
    case display = "Display"
  }

  /// The name, as in `learning-rate`; on the command line with two hyphens before it.
  public let name: String
  /// What the parameter is about.
  public let group: Group
  /// What stands for the value in help, as in `P[,P…]`; nil where the parameter is a switch.
  public let valueName: String?
  /// What it does, in a sentence without a full stop.
  public let help: String
  /// The values that it takes, in words.
  public let range: String
  /// The names that it takes, where it takes names only.
  public let choices: [String]
  /// When a change takes effect.
  public let effect: Effect
  /// Sets the parameter from text.
  public let set: @Sendable (String, inout Settings) throws(ConfigurationError) -> Void
  /// The parameter as text that ``set`` reads back.
  public let get: @Sendable (Settings) -> String

  /// The default, as text.
  public var defaultValue: String { self.get(Settings()) }
}
