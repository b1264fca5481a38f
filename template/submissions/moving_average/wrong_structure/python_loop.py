"""A Python loop over the values, one copy of the step for each."""


def moving_average(average, rate, values):
    for value in values:
        average = average + rate * (value - average)
    return average
