public import DropoutEngine

/// Whether the weight-scaling network equals a mean of the subnetworks exactly, decided from the
/// network's form.
///
/// For a softmax that mean is the normalised geometric one, for a linear output the arithmetic one.
///
/// > Source: Hinton et al. 2012, section on the mean network; Baldi, Sadowski 2013, sections 4 and
/// > 5.
public enum WeightScalingExactness: Equatable, Sendable {
  /// Exact: no mask is left to chance, so there is only one network.
  case oneNetwork
  /// Exact: all masked places feed the output layer, which adds them up.
  case feedsOutputLinearly
  /// Exact: every layer above the first masked place is linear.
  case linearThroughout
  /// Not exact: a nonlinear hidden layer, counted from 0, lies above the only masked place (0 is
  /// the inputs, then the hidden layers from 1).
  case nonlinearityAbove(place: Int, layer: Int, function: ActivationFunction)
  /// Not exact: several places are masked, with a nonlinear hidden layer between them.
  case severalPlaces([Int], layer: Int, function: ActivationFunction)

  /// Whether it is exact.
  public var isExact: Bool {
    switch self {
    case .oneNetwork, .feedsOutputLinearly, .linearThroughout: true
    case .nonlinearityAbove, .severalPlaces: false
    }
  }

  /// One sentence for the person: the mean that weight scaling equals, with the reason, or the
  /// reason why it equals none.
  ///
  /// - Parameter hasProbabilities: whether the outputs come from a softmax.
  /// - Returns: the sentence, with its full stop.
  public func sentence(hasProbabilities: Bool) -> String {
    let mean = hasProbabilities ? "geometric mean" : "arithmetic mean"
    switch self {
    case .oneNetwork:
      return "Weight scaling is exact: no mask is left to chance, there is one network only."
    case .feedsOutputLinearly:
      return
        "Weight scaling is exact (\(mean)): all that is masked feeds the output layer linearly."
    case .linearThroughout:
      return
        "Weight scaling is exact (\(mean)): every layer above the first masked one is linear."
    case .nonlinearityAbove(let place, let layer, let function):
      return "Weight scaling is not exact: \(function.rawValue) of hidden layer \(layer + 1) "
        + "stands above the masked \(WeightScalingExactness.name(of: place))."
    case .severalPlaces(let places, let layer, let function):
      let names = places.map(WeightScalingExactness.name).joined(separator: ", ")
      return "Weight scaling is not exact: \(places.count) places are masked (\(names)), and "
        + "\(function.rawValue) of hidden layer \(layer + 1) stands above the first."
    }
  }

  private static func name(of place: Int) -> String {
    place == 0 ? "inputs" : "hidden layer \(place)"
  }

  /// Decides from the network's form.
  public init(_ state: NetworkState) {
    let plan = state.plan
    let places = plan.randomSources
    guard let first = places.first else {
      self = .oneNetwork
      return
    }
    let output = state.shape.layerCount - 1
    let bent = (first..<output).first { state.configuration.activation[$0] != .linear }
    if first == output {
      self = .feedsOutputLinearly
    } else if let bent {
      let function = state.configuration.activation[bent]
      self =
        places.count == 1
        ? .nonlinearityAbove(place: first, layer: bent, function: function)
        : .severalPlaces(places, layer: bent, function: function)
    } else {
      self = .linearThroughout
    }
  }
}

extension DropoutPlan {
  /// The places whose forward multipliers are left to chance, in order.
  var randomSources: [Int] {
    sharing == .fixed ? [] : sources.indices.filter { !sources[$0].freeUnits.isEmpty }
  }
}
