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
  /// The limits in few words, for a whole class; nil leaves the first sentence of ``limits``.
  public var shortLimits: LessonText?
  /// The experiment at step 0.
  public var configuration: ExperimentConfiguration
  /// The experiments whose data or weights it reads, ``configuration`` first.
  public var experiments: [ExperimentConfiguration]
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

/// A unit, an example or a phase that a lesson selects.
public struct LessonSelection: Equatable, Sendable {
  /// The way in which a unit is chosen.
  public enum Unit: Equatable, Sendable {
    /// The one of a number, from 1.
    case number(Int)
    /// The one whose sums differ most.
    case widest
    /// The same of those that the drawn mask keeps.
    case widestKept
    /// The one that the drawn mask drops, and whose signal is largest where others pass theirs on.
    case masked
    /// The one that the drawn mask keeps, and through which most of a signal comes.
    case kept
    /// The one that is masked on one way only, forward or back, and whose signal is largest.
    case differing
  }

  /// The way in which an example of the minibatch is chosen.
  public enum Example: Equatable, Sendable {
    /// The one of a number, from 1.
    case number(Int)
    /// The one that the view chooses.
    case byView
    /// The one on which the selected unit's signal is largest, as it is for the unit, where that is
    /// chosen by its mask, and else its sum.
    case clearest
  }

  /// The name of its layer, such as `hidden2`; nil keeps the selected one.
  public var layer: String?
  /// The unit; nil keeps the selected one.
  public var unit: Unit?
  /// The example; nil keeps the watched one.
  public var example: Example?

  /// Creates a selection.
  public init(layer: String?, unit: Unit?, example: Example? = nil) {
    (self.layer, self.unit, self.example) = (layer, unit, example)
  }
}
