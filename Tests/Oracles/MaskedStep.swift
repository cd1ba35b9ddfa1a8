package import DropoutEngine

extension LawNetwork {
  /// Every mask of the hidden units with p < 1, with its probability and the evidence of the
  /// engine's step.
  ///
  /// For each mask some units are killed and the rest are pinned.
  ///
  /// One mask holds in all examples of the minibatch, and in both passes where both mask.
  package func maskedSteps() throws -> [MaskedStep] {
    let trainer = try trainer()
    var units: [(address: UnitAddress, keep: Double)] = []
    for (layer, count) in configuration.hidden.enumerated() where configuration.keep[layer] < 1 {
      units += (0..<count).map { (UnitAddress(layer: layer, unit: $0), configuration.keep[layer]) }
    }
    return try (0..<1 << units.count).map { number in
      var probability = 1.0
      for (bit, unit) in units.enumerated() {
        let isKept = number >> bit & 1 == 1
        probability *= isKept ? unit.keep : 1 - unit.keep
        try trainer.apply(.unit(unit.address, isKept ? .pin : .kill))
      }
      return MaskedStep(probability: probability, evidence: try trainer.evidence())
    }
  }

  /// The evidence of the step without any dropout.
  package func plainStep() throws -> StepEvidence {
    var plain = self
    plain.configuration.variant = .none
    return try plain.trainer().evidence()
  }
}

/// One step of the engine under one mask.
package struct MaskedStep {
  /// The probability of the mask.
  package var probability: Double
  /// The step under it.
  package var evidence: StepEvidence
}

extension [MaskedStep] {
  /// The mean of a list of values over the masks.
  package func mean(_ values: (StepEvidence) -> [Double]) -> [Double] {
    var total: [Double] = []
    for step in self {
      let weighted = values(step.evidence).map { $0 * step.probability }
      total = total.isEmpty ? weighted : zip(total, weighted).map { $0 + $1 }
    }
    return total
  }
}

extension StepEvidence {
  /// The gradients of a layer's weights, `[units * inputs]`.
  package func weightGradient(_ layer: Int) -> [Double] {
    layers[layer].weightGradient.elements.map { Double($0) }
  }

  /// The gradients of a layer's weights, followed by those of its biases.
  package func gradient(_ layer: Int) -> [Double] {
    weightGradient(layer) + layers[layer].biasGradient.map { Double($0) }
  }
}
