//! Client for the management API of Azure Machine Learning.
