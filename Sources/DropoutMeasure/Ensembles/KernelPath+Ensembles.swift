import CKernels
import DropoutEngine

extension KernelPath {
  /// The path's kernels for ensembles.
  var ensembleKernels: ck_ensemble_kernels {
    guard let kernels = ck_ensemble_kernels_named(table.pointee.name) else {
      preconditionFailure("the path \(name) has no kernels of ensembles")
    }
    return kernels.pointee
  }

  /// Exponentials as the ensembles' kernels compute them, for comparison with the system's.
  package func exponentials(of values: [Double]) -> [Double] {
    apply(ensembleKernels.exponential, to: values)
  }

  /// Logarithms of normal, positive numbers as the ensembles' kernels compute them.
  package func logarithms(of values: [Double]) -> [Double] {
    apply(ensembleKernels.logarithm, to: values)
  }

  private func apply(
    _ function: (UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int) -> Void,
    to values: [Double]
  ) -> [Double] {
    let padded = values + [Double](repeating: 1, count: (4 - values.count % 4) % 4)
    var results = padded
    function(padded, &results, padded.count)
    return Array(results.prefix(values.count))
  }
}
