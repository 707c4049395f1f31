# Golden values of icc and kappa. Input: Shrout and Fleiss (1979), table 2, and two invented series of ratings.
# Run in this folder: Rscript agreement.R > agreement.json
suppressMessages({ library(psych); library(psy); library(jsonlite) })
shroutFleiss <- rbind(c(9, 2, 5, 8), c(6, 1, 3, 2), c(8, 4, 6, 8), c(7, 1, 2, 6), c(10, 5, 6, 9), c(6, 2, 4, 7))
icc <- psych::ICC(shroutFleiss, lmer = FALSE)$results
first <- c(1, 2, 3, 4, 1, 2, 2, 3, 4, 4, 1, 3, 2, 2, 1, 4, 3, 3)
second <- c(1, 2, 4, 4, 2, 2, 1, 3, 3, 4, 1, 3, 2, 4, 1, 4, 2, 3)
k <- 4
linear <- 1 - abs(outer(1:k, 1:k, "-")) / (k - 1)
write(toJSON(list(
  tool = paste(R.version.string, "psych", packageVersion("psych"), "psy", packageVersion("psy")),
  icc = list(type = icc$type, value = icc$ICC, f = icc$F, df1 = icc$df1, df2 = icc$df2, pValue = icc$p,
    low = icc$`lower bound`, high = icc$`upper bound`),
  kappa = list(first = first, second = second,
    plain = psy::ckappa(cbind(first, second))$kappa,
    quadratic = psy::wkappa(cbind(first, second))$kappa,
    linear = psych::cohen.kappa(cbind(first, second), w = linear)$weighted.kappa,
    psychPlain = psych::cohen.kappa(cbind(first, second))$kappa)),
  digits = NA, auto_unbox = TRUE), stdout())
