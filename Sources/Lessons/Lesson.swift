public import DropoutEngine

/// A lesson: an experiment, and short steps that go through it.
public struct Lesson: Equatable, Sendable {
  /// Its name, for `dropscope lesson NAME`: lower case and hyphens.
  public var name: String
  /// Its title.
  public var title: String
  /// Its subject, in one line.
  public var about: String
  /// About how long it takes, in minutes.
  public var minutes: Int
  /// The parameters of its experiment that differ from the defaults.
  public var setup: [ParameterSetting]
  /// The training steps that are taken before it begins.
  public var stepsBefore: Int
  /// The view in which it begins.
  public var view: String
  /// The unit that is selected where it begins; nil leaves the choice to the program.
  public var selection: LessonSelection?
  /// Whether its sentences hold on other seeds.
  public var holdsOnOtherSeeds: Bool
  /// Other data on which its sentences hold.
  public var otherData: [String]
  /// The steps; at least one.
  public var steps: [LessonStep]
  /// The limits of what it shows: its last box.
  public var limits: LessonText
  /// The experiment at step 0.
  public var configuration: ExperimentConfiguration
}

/// A parameter and its value, as the command line writes them.
public struct ParameterSetting: Equatable, Sendable {
  /// The name of the parameter.
  public var name: String
  /// Its value.
  public var value: String

  /// Creates a setting.
  public init(name: String, value: String) {
    (self.name, self.value) = (name, value)
  }
}

/// A unit that a lesson selects.
public struct LessonSelection: Equatable, Sendable {
  /// The name of its layer, such as `hidden2`; nil keeps the selected one.
  public var layer: String?
  /// The number of the unit, from 1; nil is the one whose sums differ most.
  public var unit: Int?

  /// Creates a selection.
  public init(layer: String?, unit: Int?) {
    (self.layer, self.unit) = (layer, unit)
  }
}
