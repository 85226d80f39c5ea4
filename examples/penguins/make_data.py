"""Simulates penguins.csv; the same file comes out on every run.

Group sizes, means and standard deviations are those of the 333 complete records in the Palmer
penguins data (Gorman, Williams and Fraser 2014; Horst, Hill and Gorman 2020). The birds are drawn
at random: none of the rows is a measurement.
"""

import csv
import random
from pathlib import Path

# What the four measurements of one bird share: a single "size" that pulls them all the same way.
# The square is the correlation of any two of them within one species and sex. An assumption.
LOADING = 0.5

COLUMNS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")

# species, sex, mean and standard deviation of each column, birds per island
ADELIE_FEMALES = {"Biscoe": 22, "Dream": 27, "Torgersen": 24}
ADELIE_MALES = {"Biscoe": 22, "Dream": 28, "Torgersen": 23}
GROUPS = (
    ("Adelie", "female", (37.3, 2.03), (17.6, 0.94), (188, 5.6), (3369, 269), ADELIE_FEMALES),
    ("Adelie", "male", (40.4, 2.28), (19.1, 1.02), (192, 6.6), (4043, 347), ADELIE_MALES),
    ("Chinstrap", "female", (46.6, 3.11), (17.6, 0.78), (192, 5.8), (3527, 285), {"Dream": 34}),
    ("Chinstrap", "male", (51.1, 1.56), (19.3, 0.76), (200, 6.0), (3939, 362), {"Dream": 34}),
    ("Gentoo", "female", (45.6, 2.05), (14.2, 0.54), (213, 3.9), (4680, 282), {"Biscoe": 58}),
    ("Gentoo", "male", (49.5, 2.72), (15.7, 0.74), (222, 5.7), (5485, 313), {"Biscoe": 61}),
)


def birds(rng):
    for species, sex, *moments, islands in GROUPS:
        for island, count in islands.items():
            for _ in range(count):
                size = rng.gauss(0, 1)
                values = [
                    mean + deviation * (LOADING * size + (1 - LOADING**2) ** 0.5 * rng.gauss(0, 1))
                    for mean, deviation in moments
                ]
                bill_length, bill_depth, flipper, mass = values
                yield (
                    species,
                    island,
                    f"{bill_length:.1f}",
                    f"{bill_depth:.1f}",
                    round(flipper),
                    25 * round(mass / 25),
                    sex,
                    rng.choice((2007, 2008, 2009)),
                )


if __name__ == "__main__":
    rows = list(birds(random.Random(20200725)))
    rows.sort(key=lambda row: (row[0], row[7], row[1]))
    with open(Path(__file__).with_name("penguins.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("species", "island", *COLUMNS, "sex", "year"))
        writer.writerows(rows)
