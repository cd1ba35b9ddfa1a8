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
  /// The sums view's distribution of one training sum over masks.
  case distribution
  /// The sums view's incoming units: what each contributes, and the sum built up from them.
  case terms
  /// The sums view's nonlinearity: the mean of f(z) beside f of the mean, and the bound of their gap.
  case bend
  /// The sums view's layers: divergence and ratio over depth, under each scaling.
  case depth
  /// The race's losses over the steps, a curve for each variant.
  case raceCurves
  /// The race's numbers, a row for each variant.
  case raceTable
  /// The masks of the race's selected variant.
  case raceNetwork
  /// The ensemble view's distribution of what the subnetworks say.
  case subnetworks
  /// The ensemble view's means and losses.
  case means
  /// The ensemble view's best and worst subnetworks with their masks.
  case ranked
  /// The ensemble view's error of an average over k subnetworks.
  case convergence
  /// The ensemble view's map of the Jensen gap over the plane of the inputs.
  case gapMap
  /// The backward view's phases of a step.
  case phases
  /// The backward view's masks, signals and gradients of the units.
  case signals
  /// The backward view's network, its edges drawn by gradient.
  case gradientNetwork
  /// The backward view's comparison of mask passes and update scales.
  case maskPasses
  /// The data view's list of examples.
  case examples
  /// The data view's list of inputs with their ranges.
  case inputs
  /// The data view's classes, or the distribution of the targets, and the split.
  case classes

  /// What it is called on the screen: `mask passes`.
  public var name: String {
    rawValue.reduce(into: "") { name, letter in
      if letter.isUppercase { name.append(" ") }
      name += letter.lowercased()
    }
  }
}
