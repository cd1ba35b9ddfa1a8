public import ArgumentParser
public import ExperimentFiles

extension MetricsFormat: ExpressibleByArgument {}
