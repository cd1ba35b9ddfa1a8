import DropoutEngine
import DropoutMeasure
import Oracles
import Testing

/// A network after some steps, and the sums of its units.
struct UnitSumsMeasurement {
  let trainer: Trainer
  let measurer: Measurer
  let evidence: StepEvidence

  init(
    _ network: LawNetwork, steps: Int = 0, interventions: [UnitAddress: UnitIntervention] = [:]
  ) throws {
    trainer = try network.trainer()
    for (address, intervention) in interventions {
      try trainer.apply(.unit(address, intervention))
    }
    try trainer.advance(steps: steps)
    measurer = Measurer(dataset: trainer.dataset)
    evidence = try trainer.evidence()
  }

  func sums(layer: Int, unit: Int, row: Int = 0) -> UnitSums {
    measurer.unitSums(trainer.state, of: evidence, row: row, layer: layer, unit: unit)
  }

  /// Sums and probabilities from whole passes of the engine under each mask.
  func enumerated(layer: Int, unit: Int) throws -> [(sum: Double, probability: Double)] {
    let space = try #require(MaskSpace(trainer.state))
    var all: [(sum: Double, probability: Double)] = []
    measurer.forEachSubnetwork(trainer.state, example: evidence.examples[0], of: space) {
      numbers, pass in
      for (row, number) in numbers.enumerated() {
        all.append(
          (Double(pass.layers[layer].trainingSum[row, unit]), space.probability(of: number)))
      }
    }
    return all
  }
}
