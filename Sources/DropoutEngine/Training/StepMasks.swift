/// The origin of a step's masks in its two passes.
package enum StepMasks {
  /// Masks drawn with these random numbers.
  case drawn(MaskCounter)
  /// Masks of units that the caller has written: of the forward pass to
  /// ``ForwardPass/masks``, and of the backward pass, where it has its own, to
  /// ``StepEngine/backwardMasks``.
  case given

  /// The random numbers of drawn masks.
  package var counter: MaskCounter {
    guard case .drawn(let counter) = self else {
      preconditionFailure("masks of weights are drawn: \(self) masks are of units")
    }
    return counter
  }
}
