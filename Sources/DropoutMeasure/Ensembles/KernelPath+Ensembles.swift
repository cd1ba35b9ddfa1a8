import CKernels
import DropoutEngine

extension KernelPath {
  /// The path's kernels of ensembles.
  var ensembleKernels: ck_ensemble_kernels {
    guard let kernels = ck_ensemble_kernels_named(table.pointee.name) else {
      preconditionFailure("the path \(name) has no kernels of ensembles")
    }
    return kernels.pointee
  }

  /// The exponentials that the ensembles' kernels compute; the tests hold them against the system's.
  package func exponentials(of values: [Double]) -> [Double] {
    apply(ensembleKernels.exponential, to: values)
  }

  /// The logarithms that the ensembles' kernels compute, of normal, positive numbers.
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
