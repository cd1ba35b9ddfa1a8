package import CKernels

/// The counter of the random numbers that decide a pass's masks.
package struct MaskCounter {
  package var purpose: RandomPurpose
  /// The step, or the number of the sample where masks are drawn for a measurement.
  package var step: UInt32
  /// The slot of the first row: its place in the minibatch or in the set that is evaluated.
  package var firstSlot: UInt32

  package init(purpose: RandomPurpose, step: UInt32, firstSlot: UInt32) {
    self.purpose = purpose
    self.step = step
    self.firstSlot = firstSlot
  }
}

extension DropoutPlan {
  /// Draws the masks of a source for `rows` examples: 0 or 1, or Gaussian multipliers.
  ///
  /// The rows of `mask` are padded to `stride`; the padding stays untouched.
  package func drawMasks(
    of source: Int, counter: MaskCounter, rows: Int, into destination: FloatPlace,
    stride: Int, kernels: Kernels
  ) {
    destination.assertRoom(rows: rows, columns: stride, stride: stride)
    let mask = destination.base
    let place = sources[source]
    let drawn = sharing == .example ? rows : min(rows, 1)
    if place.keepProbability >= 1 {
      for unit in 0..<drawn * stride { mask[unit] = 1 }
    } else {
      let counter = resolved(counter)
      switch noise {
      case .bernoulli, .dropconnect:
        kernels.drawMask(
          draw(of: source, counter: counter), into: destination, rows: drawn, units: place.units,
          stride: stride)
      case .groups:
        drawGroups(
          draw(of: source, counter: counter), into: destination, rows: drawn, units: place.units,
          stride: stride, kernels: kernels)
      case .gaussian:
        drawNormal(of: source, counter: counter, rows: drawn, into: mask, stride: stride)
      }
    }
    for row in 0..<drawn {
      for unit in place.killed { mask[row * stride + unit] = 0 }
      for unit in place.pinned { mask[row * stride + unit] = 1 }
    }
    for row in drawn..<max(rows, drawn) {
      (mask + row * stride).update(from: mask, count: stride)
    }
  }

  /// The one mask of a source, `[units]`, where sharing is `fixed`.
  package func fixedMask(of source: Int, kernels: Kernels) -> [Float] {
    let units = sources[source].units
    let counter = MaskCounter(purpose: .forwardMask, step: 0, firstSlot: 0)
    return [Float](unsafeUninitializedCapacity: units) { buffer, count in
      buffer.initialize(repeating: 1)
      if let base = buffer.baseAddress {
        drawMasks(
          of: source, counter: counter, rows: 1, into: FloatPlace(base: base, room: units),
          stride: units, kernels: kernels)
      }
      count = units
    }
  }

  /// Draws the masks of the weights that feed layer `source` for the example in `row`:
  /// `[inputs][units]`, rows not padded.
  package func drawWeightMask(
    of source: Int, layerUnits: Int, counter: MaskCounter, row: Int,
    into destination: FloatPlace, kernels: Kernels
  ) {
    let place = sources[source]
    let count = place.units * layerUnits
    destination.assertRoom(rows: 1, columns: count, stride: count)
    let mask = destination.base
    if place.keepProbability >= 1 {
      for weight in 0..<count { mask[weight] = 1 }
    } else {
      var draw = draw(of: source, counter: resolved(counter))
      if sharing == .example { draw.first_slot += UInt32(row) }
      kernels.drawMask(draw, into: destination, rows: 1, units: count, stride: count)
    }
    for (units, value) in [(place.killed, Float(0)), (place.pinned, Float(1))] {
      for unit in units {
        for weight in unit * layerUnits..<(unit + 1) * layerUnits { mask[weight] = value }
      }
    }
  }

  /// The one mask of the weights that feed layer `source`, `[inputs][units]`, where sharing is
  /// `fixed`.
  package func fixedWeightMask(of source: Int, layerUnits: Int, kernels: Kernels) -> [Float] {
    let count = sources[source].units * layerUnits
    let counter = MaskCounter(purpose: .forwardMask, step: 0, firstSlot: 0)
    return [Float](unsafeUninitializedCapacity: count) { buffer, written in
      buffer.initialize(repeating: 1)
      if let base = buffer.baseAddress {
        drawWeightMask(
          of: source, layerUnits: layerUnits, counter: counter, row: 0,
          into: FloatPlace(base: base, room: count),
          kernels: kernels)
      }
      written = count
    }
  }

  /// The counter after mask sharing: one slot for a batch, one step for a fixed mask.
  private func resolved(_ counter: MaskCounter) -> MaskCounter {
    switch sharing {
    case .example: return counter
    case .batch: return MaskCounter(purpose: counter.purpose, step: counter.step, firstSlot: 0)
    case .fixed:
      // A fixed mask is always the training pass's own, whoever asks for it.
      let purpose: RandomPurpose =
        switch counter.purpose {
        case .backwardMask: .backwardMask
        case .testMask: .testMask
        default: .forwardMask
        }
      return MaskCounter(purpose: purpose, step: 0, firstSlot: 0)
    }
  }

  /// Whether the kernels can draw all masks of a training step.
  ///
  /// They can where units are masked, each example has its own mask, none is decided by hand, and
  /// both passes share it.
  package var isDrawnByKernels: Bool {
    noise.masksUnits && sharing == .example && (maskPass == .both || maskPass == .forward)
      && sources.allSatisfy { place in
        place.killed.isEmpty && place.pinned.isEmpty
          && (!place.masksForward || place.keepProbability < 1)
      }
  }

  /// The instructions from which the kernels draw a source's masks.
  package func draw(of source: Int, counter: MaskCounter) -> ck_mask_draw {
    ck_mask_draw(
      seed: maskSeed, purpose_and_layer: counter.purpose.rawValue << 8 | UInt32(source),
      step: counter.step, first_slot: counter.firstSlot, threshold: sources[source].threshold)
  }

  /// Draws a mask for each group of neighbours: the one that a single unit with the number of the
  /// group would have.
  private func drawGroups(
    _ draw: ck_mask_draw, into destination: FloatPlace, rows: Int, units: Int, stride: Int,
    kernels: Kernels
  ) {
    let size = groupSize
    kernels.drawMask(
      draw, into: destination, rows: rows, units: (units + size - 1) / size, stride: stride)
    for row in 0..<rows {
      let mask = destination.base + row * stride
      // From the end, so that no group is overwritten before its units have their masks.
      for unit in (0..<units).reversed() { mask[unit] = mask[unit / size] }
    }
  }

  /// Draws multipliers with the mean and the variance of the noise.
  private func drawNormal(
    of source: Int, counter: MaskCounter, rows: Int, into mask: UnsafeMutablePointer<Float>,
    stride: Int
  ) {
    let place = sources[source]
    let law = noise.law(keepProbability: place.keepProbability)
    let deviation = law.variance.squareRoot()
    for row in 0..<rows {
      for unit in 0..<place.units {
        let words = Philox.words(
          counter: (
            UInt32(unit), counter.firstSlot + UInt32(row),
            counter.purpose.rawValue << 8 | UInt32(source), counter.step
          ), key: maskSeed)
        let normal = ElementaryFunctions.normal(words)
        mask[row * stride + unit] = Float(law.mean + deviation * normal)
      }
    }
  }
}
