/// Words that other programs use for values here.
enum ValueNames {
  /// The value here, and the words elsewhere.
  private static let others: [String: [String]] = [
    "mean-squared-error": ["mse", "l2", "squared", "squared-error", "mse-loss", "quadratic"],
    "cross-entropy": [
      "ce", "bce", "nll", "log-loss", "logloss", "softmax", "crossentropy",
      "categorical-crossentropy", "sparse-categorical-crossentropy", "binary-crossentropy",
    ],
    "xavier": ["glorot", "glorot-uniform", "glorot-normal", "xavier-uniform", "xavier-normal"],
    "he": ["kaiming", "he-normal", "he-uniform", "kaiming-normal", "kaiming-uniform"],
    "zeros": ["zero", "0"],
    "regress": ["regression", "regressor", "numeric"],
    "classify": ["classification", "classifier", "categorical"],
    "unit": ["minmax", "min-max", "minmaxscaler", "0-1", "range"],
    "standard": ["zscore", "z-score", "standardize", "standardise", "standardscaler"],
    "none": ["no", "off", "false"],
    "comma": [","], "semicolon": [";"], "tab": ["\t", "\\t"], "pipe": ["|"],
    "blank": [" ", "space", "spaces", "whitespace"], "point": [".", "dot"],
    "sigmoid": ["logistic"], "linear": ["identity", "none"], "relu": ["rectifier", "rectified"],
  ]

  /// The value that a word of another program means, or that is written nearly like it; nil where
  /// none is near.
  static func nearest(to word: String, in choices: [String]) -> String? {
    let plain = word.lowercased().replacing("_", with: "-")
    return choices.first { others[$0]?.contains(plain) ?? false }
      ?? NameDistance.nearest(to: word, in: choices)
  }
}
