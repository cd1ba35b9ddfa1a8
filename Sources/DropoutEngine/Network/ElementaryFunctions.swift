/// Exponential, logarithm, sine and cosine in plain arithmetic, so that no bit depends on the
/// system's mathematical library.
///
/// The error is below 2 units in the last place for the exponential and the logarithm. It is below
/// 1e-15 for sine and cosine of arguments up to 1e5. Tests compare them with the system's
/// functions.
public enum ElementaryFunctions {
  private static let ln2High = 6.931471803691238e-01
  private static let ln2Low = 1.9082149292705877e-10

  /// e to the power of `x`: 0 below -746, infinity above 709.79.
  public static func exponential(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.782712893384 { return .infinity }
    if x < -745.2 { return 0 }
    let scale = (x * 1.4426950408889634).rounded(.toNearestOrEven)
    let high = x - scale * ln2High
    let low = scale * ln2Low
    let reduced = high - low
    // Horner's scheme of the Taylor series: |reduced| <= ln 2 / 2, so 14 terms leave 1e-17.
    var sum = reduced * (1.0 / 6_227_020_800) + 1.0 / 479_001_600
    sum = sum * reduced + 1.0 / 39_916_800
    sum = sum * reduced + 1.0 / 3_628_800
    sum = sum * reduced + 1.0 / 362_880
    sum = sum * reduced + 1.0 / 40_320
    sum = sum * reduced + 1.0 / 5_040
    sum = sum * reduced + 1.0 / 720
    sum = sum * reduced + 1.0 / 120
    sum = sum * reduced + 1.0 / 24
    sum = sum * reduced + 1.0 / 6
    sum = sum * reduced + 0.5
    let correction = (high - reduced) - low
    let value = 1 + (reduced + (reduced * reduced * sum + correction))
    let half = (scale * 0.5).rounded(.down)
    // Two factors, since the smallest powers of two are not normal numbers.
    return value * power(ofTwo: half) * power(ofTwo: scale - half)
  }

  /// The natural logarithm of `x`: -infinity at 0, NaN below.
  public static func logarithm(_ x: Double) -> Double {
    if x.isNaN || x < 0 { return .nan }
    if x == 0 { return -.infinity }
    if x == .infinity { return x }
    var exponent = Double(x.exponent)
    var fraction = x.significand
    if fraction > 1.4142135623730951 {
      fraction *= 0.5
      exponent += 1
    }
    // log f = 2 atanh((f-1)/(f+1)); |s| <= 0.1716, so 11 terms leave 1e-18.
    let difference = fraction - 1
    let s = difference / (2 + difference)
    let square = s * s
    var sum = square * (1.0 / 23) + 1.0 / 21
    sum = sum * square + 1.0 / 19
    sum = sum * square + 1.0 / 17
    sum = sum * square + 1.0 / 15
    sum = sum * square + 1.0 / 13
    sum = sum * square + 1.0 / 11
    sum = sum * square + 1.0 / 9
    sum = sum * square + 1.0 / 7
    sum = sum * square + 1.0 / 5
    sum = sum * square + 1.0 / 3
    let halfSquare = 0.5 * difference * difference
    // 2s = d - s d; written so that the largest term is exact.
    let tail = s * (halfSquare + 2 * square * sum)
    return exponent * ln2High - ((halfSquare - (tail + exponent * ln2Low)) - difference)
  }

  /// 2 to the power of a whole number in 0...1023 or -1022...0.
  private static func power(ofTwo exponent: Double) -> Double {
    Double(sign: .plus, exponent: Int(nearest: exponent, in: -1022...1023), significand: 1)
  }

  /// The sine of `x` in radians; NaN for an infinity.
  public static func sine(_ x: Double) -> Double {
    let (quadrant, reduced) = reduceToQuadrant(x)
    switch quadrant {
    case 0: return sineOfReduced(reduced)
    case 1: return cosineOfReduced(reduced)
    case 2: return -sineOfReduced(reduced)
    default: return -cosineOfReduced(reduced)
    }
  }

  /// The cosine of `x` in radians; NaN for an infinity.
  public static func cosine(_ x: Double) -> Double {
    let (quadrant, reduced) = reduceToQuadrant(x)
    switch quadrant {
    case 0: return cosineOfReduced(reduced)
    case 1: return -sineOfReduced(reduced)
    case 2: return -cosineOfReduced(reduced)
    default: return sineOfReduced(reduced)
    }
  }

  /// A number from the standard normal distribution, made from four random words by the transform
  /// of Box and Muller.
  ///
  /// > Source: Box, Muller 1958, A Note on the Generation of Random Normal Deviates.
  static func normal(_ words: Philox.Words) -> Double {
    let first = Double((UInt64(words.1) << 32 | UInt64(words.0)) >> 11) * 0x1p-53
    let second = Double((UInt64(words.3) << 32 | UInt64(words.2)) >> 11) * 0x1p-53
    return (-2 * logarithm(1 - first)).squareRoot() * cosine(2 * Double.pi * second)
  }

  /// `value` to a whole power, by repeated squaring.
  public static func power(_ value: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = value
    var remaining = exponent
    while remaining > 0 {
      if remaining & 1 == 1 { result *= square }
      square *= square
      remaining >>= 1
    }
    return result
  }

  private static func reduceToQuadrant(_ x: Double) -> (quadrant: Int, reduced: Double) {
    let turns = (x * 0.6366197723675814).rounded(.toNearestOrEven)
    let reduced =
      ((x - turns * 1.570796325802803) - turns * 9.920935791635221e-10) - turns
      * 5.170182981794105e-19
    let quadrant = turns - 4 * (turns * 0.25).rounded(.down)
    return (Int(nearest: quadrant, in: 0...3), reduced)
  }

  private static func sineOfReduced(_ x: Double) -> Double {
    let square = x * x
    var sum = 0.0
    for denominator in [272.0, 210, 156, 110, 72, 42, 20, 6] {
      sum = -(square / denominator) * (1 + sum)
    }
    return x + x * sum
  }

  private static func cosineOfReduced(_ x: Double) -> Double {
    let square = x * x
    var sum = 0.0
    for denominator in [306.0, 240, 182, 132, 90, 56, 30, 12] {
      sum = -(square / denominator) * (1 + sum)
    }
    return 1 - 0.5 * square * (1 + sum)
  }
}
