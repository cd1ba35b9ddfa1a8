/// Which masks the two passes of a step take.
package enum StepMasks {
  /// Masks of these random numbers.
  case drawn(MaskCounter)
  /// Masks of units that the caller has written: those of the forward pass to ``ForwardPass/masks``, those of the
  /// backward pass, where it has its own, to ``StepEngine/backwardMasks``.
  case given

  /// The random numbers of masks that are drawn.
  package var counter: MaskCounter {
    guard case .drawn(let counter) = self else {
      preconditionFailure("masks of weights are drawn: \(self) masks are of units")
    }
    return counter
  }
}
