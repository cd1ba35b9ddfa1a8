/// A part of a view that can be focused, zoomed and scrolled.
public enum Panel: String, Equatable, Hashable, Sendable, CaseIterable {
  /// The units of the network with this step's masks.
  case network
  /// The sums into the selected layer, a row for each unit.
  case sums
  /// How far training and test sums part, layer by layer.
  case divergence
  /// The same weights tested in other ways: the counterfactual.
  case tested
  /// The losses over the steps.
  case curves
  /// What comes out: the maps of the plane, the predictions for an image, or the accuracy by class.
  case outcome
  /// The data view's list of examples.
  case examples
  /// The data view's list of inputs with their ranges.
  case inputs
  /// The data view's classes, or the distribution of the targets, and the split.
  case classes
}
