import DropoutEngine

/// Laws of masks on weights.
enum DropConnectLaws {
  static let all = [
    sums(.off, "mean pWv, variance p(1-p)(W∘W)(v∘v)"),
    sums(.classic, "mean pWv, variance p(1-p)(W∘W)(v∘v)"),
    sums(.inverted, "mean Wv, variance (1-p)/p (W∘W)(v∘v)"), drawn,
  ]

  private static func network(
    _ setting: inout Law.Setting, _ keep: Double, _ scaling: Scaling
  ) -> LawExperiment {
    LawExperiment([2, 2, 2], in: &setting) {
      $0.keepInput = keep
      $0.keep = PerLayer(0.6)
      $0.dropout = DropoutSettings(scaling: scaling, noise: .dropconnect)
    }
  }

  private static func sums(_ scaling: Scaling, _ moments: String) -> Law {
    let law = ScalingLaw.of(scaling)
    return Law(
      "dropconnect-\(scaling.rawValue)", .sums,
      "DropConnect, \(scaling.rawValue): \(moments), outputs independent, biases not masked.",
      source: "Wan et al. 2013"
    ) { setting in
      var measurements: [LawMeasurement] = []
      for keep in Law.Setting.keepProbabilities {
        let network = network(&setting, keep, scaling)
        let passes = try network.maskedPasses(setting, into: 0, steps: 4)
        let sums = (0..<2).map {
          MaskedSum(network.terms(unit: $0), keep: keep, factor: law.training(keep))
        }
        for (unit, sum) in sums.enumerated() {
          let name = "keep \(keep), unit \(unit): "
          let bias = network.reference.biases[0][unit]
          measurements += [
            .equal(name + "mean", passes.mean { $0.sums[0][unit] }, sum.mean, scale: sum.scale),
            .equal(name + "variance", passes.variance { $0.sums[0][unit] }, sum.variance),
            .equal(
              name + "test sum", passes.entries[0].value.testSums[0][unit],
              law.test(keep) * sum.whole, scale: sum.scale),
            .equal(
              name + "mean pre-activation", passes.mean { $0.preActivations[0][unit] },
              sum.mean + bias, scale: sum.scale),
          ]
        }
        measurements.append(
          .equal(
            "keep \(keep): covariance of the two outputs",
            passes.mean { ($0.sums[0][0] - sums[0].mean) * ($0.sums[0][1] - sums[1].mean) }, 0,
            scale: (sums[0].variance * sums[1].variance).squareRoot()))
      }
      return measurements
    }
  }

  static let drawn = Law(
    "dropconnect-drawn", .sums,
    "DropConnect keeps each weight with the p of what the layer receives, independently.",
    source: "Wan et al. 2013"
  ) { setting in
    var measurements: [LawMeasurement] = []
    for keep in Law.Setting.keepProbabilities {
      let network = network(&setting, keep, .inverted)
      let trainer = try network.trainer(setting, copies: 16_384)
      let layers = try trainer.evidence().layers
      for (layer, keep) in network.keeps.enumerated() {
        guard let mask = layers[layer].weightMask else { throw LawObstacle.noWeightMasks }
        let draws = mask.count
        let spread = keep * (1 - keep)
        let centred = mask.map { Double($0) - keep }
        measurements.append(
          .sampled(
            "layer \(layer), keep \(keep): share of weights kept",
            centred.reduce(keep) { $0 + $1 / Double(draws) }, keep,
            sigma: (spread / Double(draws)).squareRoot(), samples: draws))
        // A row has four weights: shifts up to 3 reach neighbours, 4 reaches the next example.
        for shift in 1...4 {
          measurements.append(
            .sampled(
              "layer \(layer), keep \(keep): covariance of masks \(shift) apart",
              innerProduct(centred, Array(centred.dropFirst(shift))) / Double(draws - shift), 0,
              sigma: spread / Double(draws - shift).squareRoot(), samples: draws - shift))
        }
      }
    }
    return measurements
  }
}
