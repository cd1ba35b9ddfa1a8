package import DropoutEngine

/// Every combination of dropout settings that makes sense.
package enum Combinations {
  /// Each of them, in the order of their choices.
  package static let all: [DropoutSettings] = {
    var all: [DropoutSettings] = []
    for scaling in Scaling.allCases {
      for maskPass in MaskPass.allCases {
        for sharing in MaskSharing.allCases {
          for update in UpdateScale.allCases {
            for noise in DropoutNoise.allCases {
              for testPass in TestPass.allCases {
                let settings = DropoutSettings(
                  scaling: scaling, maskPass: maskPass, maskSharing: sharing, updateScale: update,
                  noise: noise, testPass: testPass)
                if (try? settings.validated()) != nil { all.append(settings) }
              }
            }
          }
        }
      }
    }
    // Those that came later stand last, so that the others keep their numbers, and with these their
    // shapes and rates.
    return all.filter { !isLater($0) } + all.filter(isLater)
  }()

  private static func isLater(_ settings: DropoutSettings) -> Bool {
    settings.scaling == .inverseDrop || settings.noise == .groups
  }

  /// An experiment whose shapes, rates and penalties depend on its number.
  package static func configuration(_ settings: DropoutSettings, number: Int)
    -> ExperimentConfiguration
  {
    var configuration = ExperimentConfiguration()
    configuration.dropout = settings
    configuration.examples = 60
    configuration.batch = [10, 7, 1, 33][number % 4]
    configuration.hidden = [[5], [8, 3], [], [3, 9, 2], [4, 4, 4, 4], [1], [17, 6]][number % 7]
    configuration.activation = PerLayer(ActivationFunction.allCases[number % 4])
    configuration.optimizer.kind = Optimizer.allCases[number % 5]
    configuration.learningRate = PerLayer(number % 3 == 0 ? 0.02 : 0.005)
    configuration.keep = PerLayer([0.5, 0.8, 0.3][number % 3])
    configuration.keepInput = [1, 0.7, 0.5][(number / 2) % 3]
    configuration.l2 = PerLayer(number % 5 == 1 ? 0.02 : 0)
    configuration.l1 = PerLayer(number % 7 == 2 ? 0.003 : 0)
    configuration.maxNorm = PerLayer(number % 6 == 3 ? 1.5 : nil)
    configuration.data = ["moons", "glyphs", "plane", "circle"][(number / 3) % 4]
    if number % 11 == 5 { configuration.loss = .meanSquaredError }
    if isLater(settings) { configuration.learningRate = PerLayer(0.0005) }
    if settings.scaling == .inverseDrop {
      // Where most is kept, 1/drop makes sums so large that rounding is all that is left.
      configuration.keep = PerLayer([0.5, 0.4, 0.3][number % 3])
      configuration.keepInput = [1, 0.4, 0.5][(number / 2) % 3]
    }
    configuration.maskSeed = UInt64(number)
    return configuration
  }
}
