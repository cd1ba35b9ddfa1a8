/// A change that a person made while the experiment ran.
public enum ExperimentChange: Equatable, Sendable {
  /// The parameter `name` of the parameter table was set to `value`, as it is written there.
  case parameter(name: String, value: String)
  /// A unit was killed, pinned or released.
  case unit(UnitAddress, UnitIntervention)
}
