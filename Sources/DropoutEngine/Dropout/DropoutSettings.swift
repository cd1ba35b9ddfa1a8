/// The settings of dropout that a variant fixes.
public struct DropoutSettings: Equatable, Hashable, Sendable {
  /// The factors, and the pass that they belong to.
  public var scaling: Scaling
  /// In which pass the mask is applied.
  public var maskPass: MaskPass
  /// The examples that share a mask.
  public var maskSharing: MaskSharing
  /// The factor of updates.
  public var updateScale: UpdateScale
  /// The kind of noise.
  public var noise: DropoutNoise
  /// Whether the test pass masks.
  public var testPass: TestPass
  /// The course of the keep probabilities.
  public var keepSchedule: KeepSchedule

  /// Creates settings; each one has the default of the command line.
  public init(
    scaling: Scaling = .off, maskPass: MaskPass = .both, maskSharing: MaskSharing = .example,
    updateScale: UpdateScale = .one, noise: DropoutNoise = .bernoulli, testPass: TestPass = .plain,
    keepSchedule: KeepSchedule = .constant
  ) {
    self.scaling = scaling
    self.maskPass = maskPass
    self.maskSharing = maskSharing
    self.updateScale = updateScale
    self.noise = noise
    self.testPass = testPass
    self.keepSchedule = keepSchedule
  }
}

extension DropoutSettings {
  /// The factors of activations in training, besides their multiplier, and at test.
  ///
  /// - Parameter keep: the keep probability, in (0, 1). Where nothing is dropped there are no
  ///   factors.
  /// - Returns: the factors of the training and of the test pass.
  public func factors<Number: BinaryFloatingPoint>(
    _ keep: Number
  ) -> (training: Number, test: Number) {
    noise.isScaled ? scaling.factors(keep) : (1, 1)
  }

  /// Sets the one scaling that the noise amounts to, where it takes no other.
  mutating func adoptOwnScaling() {
    if let own = noise.ownScaling { scaling = own }
  }

  /// Checks for combinations that make no sense.
  ///
  /// - Throws: ``ConfigurationError`` with the reason.
  public func validated() throws(ConfigurationError) {
    if let conflict = noise.conflict(with: self) { throw conflict }
    if testPass == .masked, maskPass == .backward {
      throw .conflict(
        setting: "test-pass masked", with: "mask-pass backward",
        reason: "no forward pass masks, so no mask can be left on at test")
    }
  }
}
