// SPDX-License-Identifier: GPL-3.0-or-later

@_exported import Autodiff
@_exported import Calculus
@_exported import DataFrames
@_exported import Distributions
@_exported import Errors
@_exported import Inference
@_exported import LinearAlgebra
@_exported import Notebooks
@_exported import Plots
@_exported import Randomness
@_exported import SpecialFunctions
@_exported import StanLanguage
@_exported import Statistics
