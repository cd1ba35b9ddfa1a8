import CKernels
public import DropoutEngine

/// The sums into one layer in both passes, for several examples.
struct LayerSums {
  /// The mean training sum, `[examples][units]`.
  var meanTraining: [Double]
  /// The method of the mean.
  var method: MeanMethod
  /// The test sum, `[examples][units]`.
  var test: [Float]
}

extension Measurer {
  /// The largest number of masked units whose masks are enumerated.
  static let enumerableUnits = 12
  /// The number of masks that are sampled where there are more units.
  static let sampledMasks = 256

  /// Mean training sum and test sum of one example into each layer, the output layer last.
  ///
  /// - Parameters:
  ///   - state: the network.
  ///   - example: the example, as an index into the dataset.
  ///   - slot: its row in the minibatch; a test pass with dropout left on draws that row's mask.
  /// - Returns: one entry for each layer.
  public func sums(_ state: NetworkState, example: Int, slot: Int = 0) -> [ExampleSums] {
    expectedSums(state, examples: [example][...], firstSlot: slot).map { layer in
      ExampleSums(meanTraining: layer.meanTraining, method: layer.method, test: layer.test)
    }
  }

  /// The mean training sums and the test sums of each layer for at most ``capacity`` examples.
  func expectedSums(
    _ state: NetworkState, examples: ArraySlice<Int>, firstSlot: Int = 0
  ) -> [LayerSums] {
    withPass(state) { pass, plan, parameters in
      let tests = testSums(state, examples: examples, firstSlot: firstSlot)
      let means = MaskMean(
        pass: pass, plan: plan, parameters: parameters, rows: examples.count)
      gather(examples, into: pass)
      return (0..<state.shape.layerCount).map { layer in
        let mean = means.trainingSum(into: layer)
        return LayerSums(meanTraining: mean.sums, method: mean.method, test: tests[layer])
      }
    }
  }

  /// The test sums of each layer for at most ``capacity`` examples, `[examples][units]`.
  ///
  /// `convention` is the scaling; nil is the experiment's own test pass.
  func testSums(
    _ state: NetworkState, examples: ArraySlice<Int>, as convention: TestConvention? = nil,
    firstSlot: Int = 0
  ) -> [[Float]] {
    withPass(state) { pass, plan, parameters in
      gather(examples, into: pass)
      pass.run(
        kind(of: convention, step: state.step, firstSlot: firstSlot), parameters: parameters,
        plan: plan, rows: examples.count, through: .result(of: state.shape.layerCount - 1))
      return (0..<state.shape.layerCount).map { layer in
        pass.sums[layer].matrix(
          rows: examples.count, columns: state.shape.units(of: layer),
          stride: state.layout.stride(of: layer)
        ).elements
      }
    }
  }
}
