import CKernels
public import DropoutEngine

extension Measurer {
  /// The largest number of masks drawn for one gradient.
  public static let drawnGradientMasks = 4096
  /// The smallest number, for a very large network.
  static let fewestGradientMasks = 16
  /// The largest number of units, in both passes together, whose masks are all enumerated.
  public static let enumerableGradientUnits = 16
  /// The work allowed for one mask pass, in parameters times examples times masks.
  static let gradientWork = 1 << 27

  /// The gradient of a step's minibatch over masks, under every mask pass, compared with theory.
  ///
  /// All masks are enumerated where that is affordable (up to ``enumerableGradientUnits``, and
  /// within a bound of the work). Otherwise the engine draws masks, and the method names their
  /// number. Squared cosines belong to whole minibatches, so their masks are enumerated only where
  /// the minibatch shares one mask or is one example.
  ///
  /// - Parameters:
  ///   - state: the network before the step.
  ///   - evidence: the step.
  /// - Returns: the moments of all four mask passes.
  /// - Precondition: evidence and state belong to the same step.
  /// - Complexity: at most 4096 gradients of the minibatch and 2^16 of each example, for each of
  ///   four mask passes.
  public func gradientMoments(
    _ state: NetworkState, of evidence: StepEvidence
  ) -> GradientMoments {
    let gradients = minibatchGradients(state, of: evidence)
    return GradientMoments(
      step: evidence.step, examples: evidence.examples.count,
      passes: MaskPass.allCases.map { passGradients($0, gradients) })
  }

  /// The gradient of a step under another mask pass, with the masks that the step would draw.
  ///
  /// Under the mask pass in force it has the same bits as the step's evidence. The update scale
  /// changes no gradient.
  ///
  /// - Returns: the gradients of weights and biases, in the form of parameters.
  public func stepGradient(
    _ state: NetworkState, of evidence: StepEvidence, maskPass: MaskPass,
    updateScale: UpdateScale = .one
  ) -> NetworkParameters {
    let gradients = minibatchGradients(state, of: evidence)
    gradients.loadMinibatch()
    gradients.computeStep(maskPass, updateScale)
    return state.layout.unpack(gradients.engine.gradient.base)
  }

  /// The mean gradient over masks under a mask pass, with its method, and the gradient of the mean
  /// network.
  package func meanGradient(
    _ state: NetworkState, of evidence: StepEvidence, maskPass: MaskPass
  ) -> (mean: NetworkParameters, reference: NetworkParameters, method: MeanMethod) {
    let gradients = minibatchGradients(state, of: evidence)
    let reference = gradients.reference(maskPass)
    let found = average(gradients, gradients.plan(maskPass), reference: reference)
    return (
      unpack(found.mean, state.layout), unpack(reference, state.layout), found.meanMethod
    )
  }

  private func unpack(_ block: [Double], _ layout: NetworkLayout) -> NetworkParameters {
    block.map { Float($0) }.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { layout.unpack($0) } ?? NetworkParameters(layers: [])
    }
  }

  private func minibatchGradients(
    _ state: NetworkState, of evidence: StepEvidence
  ) -> MinibatchGradients {
    precondition(
      state.step == evidence.step,
      "the network is that before step \(state.step), the evidence is of step \(evidence.step)")
    precondition(
      state.shape.layerCount == evidence.layers.count
        && zip(0..., evidence.layers).allSatisfy { state.shape.units(of: $0) == $1.biases.count },
      "the evidence is that of another network than \(state.shape.description)")
    let rows = max(evidence.examples.count, MinibatchGradients.enumeratedRows)
    return MinibatchGradients(
      state, evidence, dataset: dataset, engine: engine(for: state, rows: rows))
  }

  // MARK: One mask pass

  private func passGradients(
    _ maskPass: MaskPass, _ gradients: MinibatchGradients
  ) -> MaskPassGradients {
    let state = gradients.state
    let plan = gradients.plan(maskPass)
    let theory = GradientTheory(
      state: state, evidence: gradients.evidence, plan: plan, loss: loss(of: state))
    let reference = gradients.reference(maskPass)
    let found = average(gradients, plan, reference: reference)
    gradients.loadMinibatch()
    var updates: [UpdateScale: [UpdateSize]] = [:]
    var factors: [UpdateScale: [Double]] = [:]
    for scale in UpdateScale.allCases {
      gradients.computeStep(maskPass, scale)
      updates[scale] = gradients.updateSizes()
      factors[scale] = (0..<state.shape.layerCount).map {
        theory.updateFactor(scale, layer: $0)
      }
    }
    let comparison = GradientComparison(found: found, step: gradients.gradient(), theory: theory)
    return MaskPassGradients(
      maskPass: maskPass, layers: comparison.layers, whole: comparison.whole, updates: updates,
      updateFactors: factors)
  }

  /// Averages over the masks of a plan, over all of them where that is affordable.
  private func average(
    _ gradients: MinibatchGradients, _ plan: DropoutPlan, reference: [Double]
  ) -> AveragedGradients {
    var drawn = GradientAverage(layout: gradients.state.layout, reference: reference)
    guard plan.leavesGradientsToChance else {
      gradients.addStep(plan: plan, into: &drawn)
      return AveragedGradients(average: drawn, method: .none)
    }
    let examples = gradients.evidence.examples.count
    let parameters = gradients.state.layout.count
    func affordable(_ space: MaskSpace) -> MaskSpace? {
      let isAffordable =
        space.units.count <= Measurer.enumerableGradientUnits
        && examples * parameters <= Measurer.gradientWork >> space.units.count
      return isAffordable ? space : nil
    }
    let spaces = MaskSpace.ofStep(plan)
    let isShared = plan.sharing == .batch || examples == 1
    if isShared, let space = spaces.flatMap({ affordable($0.both) }) {
      gradients.enumerateShared(space, plan: plan, into: &drawn)
      return AveragedGradients(average: drawn, method: .exact)
    }
    let wanted = Measurer.gradientWork / ((examples + 8) * parameters)
    var count = Measurer.drawnGradientMasks
    while count > max(wanted, Measurer.fewestGradientMasks) { count /= 2 }
    gradients.draw(count, plan: plan, into: &drawn)
    var found = AveragedGradients(average: drawn, method: .monteCarlo(count))
    guard let spaces else { return found }
    let hasBoth = !spaces.forward.units.isEmpty && spaces.both != spaces.forward
    if !isShared, let space = affordable(spaces.both) {
      found.enumerated = gradients.enumerateByExample(space, plan: plan, isWhole: true)
    } else if hasBoth, let space = affordable(spaces.forward) {
      found.enumerated = gradients.enumerateByExample(space, plan: plan, isWhole: false)
    }
    return found
  }
}

/// Sums over gradients of whole minibatches, drawn or enumerated, and the results of enumeration
/// example by example.
struct AveragedGradients {
  var average: GradientAverage
  /// The method of ``average``.
  var method: MeanMethod
  var enumerated: MinibatchGradients.Enumerated?

  /// The mean, one block.
  var mean: [Double] { enumerated?.mean ?? average.mean }
  /// The method of the mean.
  var meanMethod: MeanMethod { enumerated == nil ? method : .exact }
  /// The method of the variance.
  var varianceMethod: MeanMethod { enumerated?.variance == nil ? method : .exact }
}
