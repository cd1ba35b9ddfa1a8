import CKernels
public import DropoutEngine

extension Measurer {
  /// The ensemble of all subnetworks of a network for one example.
  ///
  /// ```swift
  /// let ensemble = measurer.ensemble(trainer.state, example: 3)
  /// ensemble.loss.gap  // the mean loss of a subnetwork less that of the weight-scaling network
  /// ```
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - example: the example, as an index into the dataset.
  ///   - options: the questions, and the limits of the cost.
  /// - Returns: the ensemble.
  /// - Complexity: a forward pass for each mask of the units below the last hidden layer, and a few
  ///   multiplications for each subnetwork and output; memory is below 64 MB.
  public func ensemble(
    _ state: NetworkState, example: Int, options: EnsembleOptions = EnsembleOptions()
  ) -> SubnetworkEnsemble {
    guard let result = ensemble(state, example: example, options: options, progress: { _ in true })
    else { preconditionFailure("an ensemble that nobody cancelled has no result") }
    return result
  }

  /// The same, for a long enumeration: `progress` takes the finished share, 0 to 1, at least
  /// several times a second, and ends the enumeration by returning false.
  ///
  /// - Returns: the ensemble; nil where `progress` ended it.
  public func ensemble(
    _ state: NetworkState, example: Int, options: EnsembleOptions = EnsembleOptions(),
    progress: (Double) -> Bool
  ) -> SubnetworkEnsemble? {
    var result = ensemble(
      state, inputs: dataset.inputs(of: example), target: dataset.ensembleTarget(of: example),
      options: options, progress: progress)
    result?.example = example
    return result
  }

  /// The ensemble for given inputs.
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - inputs: scaled inputs, `[inputs]`.
  ///   - target: the desired output: a class where the loss is cross-entropy.
  ///   - options: the questions, and the limits of the cost.
  ///   - progress: takes the finished share; false ends the enumeration.
  /// - Returns: the ensemble; nil where `progress` ended it.
  public func ensemble(
    _ state: NetworkState, inputs: [Float], target: EnsembleTarget,
    options: EnsembleOptions = EnsembleOptions(), progress: (Double) -> Bool = { _ in true }
  ) -> SubnetworkEnsemble? {
    withoutActuallyEscaping(progress) { progress in
      withBlocks(of: state) { blocks, plan, transform in
        EnsembleMeasurement(
          state: state, inputs: inputs, transform: transform(target), options: options,
          blocks: blocks, plan: plan,
          testKind: kind(of: nil, step: state.step, firstSlot: 0)
        ).ensemble(isClassification: dataset.isClassification, progress: progress)
      }
    }
  }

  /// The arithmetic mean of the subnetworks' outputs alone, for given inputs: the quickest measure
  /// of an ensemble.
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - inputs: scaled inputs, `[inputs]`.
  ///   - options: the limits of the cost.
  /// - Returns: the mean, `[outputs]`, and its method.
  public func subnetworkMean(
    _ state: NetworkState, inputs: [Float], options: EnsembleOptions = EnsembleOptions()
  ) -> (mean: [Double], method: EnsembleMethod) {
    withBlocks(of: state) { blocks, plan, transform in
      let measurement = EnsembleMeasurement(
        state: state, inputs: inputs, transform: transform(.values([])), options: options,
        blocks: blocks, plan: plan,
        testKind: kind(of: nil, step: state.step, firstSlot: 0))
      return measurement.mean()
    }
  }

  /// Runs `body` with the blocks of a state.
  func withBlocks<Result>(
    of state: NetworkState,
    _ body: (SubnetworkBlocks, DropoutPlan, (EnsembleTarget) -> OutputTransform) -> Result
  ) -> Result {
    let hasProbabilities = loss(of: state) == .crossEntropy
    return withPass(state) { pass, plan, parameters in
      let blocks = SubnetworkBlocks(
        state, pass: pass, plan: plan, parameters: parameters, hasProbabilities: hasProbabilities,
        kernels: kernels)
      return body(
        blocks, plan, { OutputTransform(hasProbabilities: hasProbabilities, target: $0) })
    }
  }
}

/// The number of subnetworks in the ensemble of an example, known before any is measured.
public struct EnsembleSize: Equatable, Sendable {
  /// The units whose mask is left to chance; nil where the noise does not mask whole units.
  public var maskedUnits: Int?
  /// The units among them that change anything for the example, as far as is known before masks are
  /// drawn.
  public var relevantUnits: Int
  /// The relevant units that lie below those that feed the output layer.
  public var upstreamUnits: Int
  /// Whether chance decides nothing.
  public var isOneNetwork: Bool

  /// Whether the subnetworks are enumerated under options.
  public func canEnumerate(_ options: EnsembleOptions) -> Bool {
    if isOneNetwork { return true }
    return maskedUnits != nil
      && options.enumerates(units: relevantUnits, upstream: upstreamUnits)
  }
}

extension Measurer {
  /// The number of subnetworks in the ensemble of an example.
  ///
  /// - Complexity: one forward pass.
  public func ensembleSize(_ state: NetworkState, example: Int) -> EnsembleSize {
    withBlocks(of: state) { blocks, plan, _ in
      blocks.begin(dataset.inputs(of: example))
      return EnsembleSize(
        maskedUnits: blocks.space?.units.count, relevantUnits: blocks.relevantUnits,
        upstreamUnits: blocks.upstream.count, isOneNetwork: plan.randomSources.isEmpty)
    }
  }
}

/// The desired output for the inputs of an ensemble.
public enum EnsembleTarget: Equatable, Sendable {
  /// A class, counted from 0.
  case classNumber(Int)
  /// Numbers, `[outputs]`.
  case values([Double])

  /// The target as numbers: 1 for the class and 0 for the others.
  func numbers(outputs: Int) -> [Double] {
    switch self {
    case .classNumber(let number): (0..<outputs).map { $0 == number ? 1 : 0 }
    case .values(let values): values
    }
  }
}

extension Dataset {
  /// The target of an example.
  public func ensembleTarget(of example: Int) -> EnsembleTarget {
    switch targets {
    case .classes(let classes): .classNumber(classes[example])
    case .values(let values): .values(values.row(example).map { Double($0) })
    }
  }
}
