/// A layer of the recorded model.
public struct RecordedLayer: Equatable, Sendable {
  /// The name of the module.
  public var name: String
  /// The number of its call within a pass, from 1.
  public var call: Int
  /// The class of the module.
  public var kind: String
  /// The channels in; nil where they are not known.
  public var inputs: Int?
  /// The channels out; nil where they are not known.
  public var units: Int?
  /// The shape of one example's output.
  public var shape: [Int]
  /// The line that called it; nil where it is not known.
  public var source: String?
  /// The inputs that masks are about, ascending.
  public var shownInputs: [Int]
  /// The units that the columns are about, ascending.
  public var shownUnits: [Int]

  /// The name, with the number of the call where there are several.
  public var title: String { call > 1 ? "\(name) (call \(call))" : name }
}

/// A framework that the recorded training uses.
public struct RecordedFramework: Equatable, Sendable {
  /// Its name, as `torch`.
  public var name: String
  /// Its version.
  public var version: String
}

/// The first line of a recording: who wrote it, and the model as a list of layers.
public struct RecordingHeader: Equatable, Sendable {
  /// The number of the format that is read.
  public static let format = 1
  /// The most layers of a model.
  public static let mostLayers = 100_000
  /// The most units or inputs of a layer that are shown.
  public static let mostShown = 4096

  /// The version of the package that wrote it.
  public var program: String
  /// The version of Python.
  public var python: String
  /// Names and versions of the frameworks, in the order of the file.
  public var frameworks: [RecordedFramework]
  /// The start of the training, as it was written.
  public var started: String
  /// The class of the model.
  public var model: String
  /// The process of the training.
  public var process: Int
  /// The examples of the probe batch.
  public var examples: Int
  /// The training passes of a look.
  public var passes: Int
  /// The share of the time that looks may take; nil where their distance is set.
  public var budget: Double?
  /// The steps between looks; nil where a budget is set.
  public var every: Int?
  /// The layers in the order of their calls.
  public var layers: [RecordedLayer]

  /// The number of gaps: one in front of each layer, and one behind the last one.
  public var gapCount: Int { layers.count + 1 }

  /// The place of a gap in words: `between fc1 and fc2`.
  public func place(ofGap gap: Int) -> String {
    guard !layers.isEmpty else { return "in a model without layers" }
    if gap <= 0 { return "before \(layers[0].title)" }
    guard gap < layers.count else { return "behind \(layers[layers.count - 1].title)" }
    return "between \(layers[gap - 1].title) and \(layers[gap].title)"
  }
}
