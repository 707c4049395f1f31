# Golden numbers for the deterministic chain, from formulas written independently in base R, and from the R packages
# e1071 (skewness, kurtosis), lpSolve (linear programmes) and quadprog (quadratic programme).
# Run: Rscript engine/golden/chain.R > engine/golden/chain.json
# All data are invented.
suppressMessages({ library(e1071); library(lpSolve); library(quadprog) })
out <- list()

# --- a small index: 12 units, 6 indicators, 2 pillars, one index -------------------------------------------------
units <- sprintf("u%02d", 1:12)
groups <- rep(c("north", "south", "east"), 4)
size <- c(10, 25, 8, 40, 12, 5, 33, 21, 9, 17, 28, 14)
x <- list(
  a = c(3.1, 4.7, NA, 8.2, 5.5, 2.9, 60, 6.1, 4.4, 7.3, 5.0, 6.6),        # divided by size, one high outlier
  b = c(52, 61, 47, 70, NA, 58, 66, 49, 73, 55, 64, 60),
  c = c(0.8, 1.1, 0.9, 1.4, 1.2, NA, 1.0, 1.3, 0.7, 1.6, 1.5, 9.5),       # less is better, one high outlier
  d = c(12, 15, 11, 19, 14, 13, 18, 16, 10, 17, 20, NA),
  e = c(101, 99, 103, 98, 105, 97, 104, 100, 102, 96, 60, 99),            # one low outlier
  f = c(1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1)
)
weights <- c(a = 1, b = 2, c = 1, d = 1, e = 3, f = 1, P = 2, Q = 3)
direction <- c(a = 1, b = 1, c = -1, d = 1, e = 1, f = 1)
out$data <- list(units = units, groups = groups, size = size, values = x, weights = as.list(weights), direction = as.list(direction))

passes <- function(v) { v <- v[!is.na(v)]; abs(skewness(v, type = 2)) < 2 || kurtosis(v, type = 2) < 3.5 }
pull_in <- function(v, most) {
  touched <- integer(0)
  while (!passes(v) && length(touched) < most) {
    high <- skewness(v[!is.na(v)], type = 2) >= 0
    s <- sort(unique(v[!is.na(v)]), decreasing = high)
    at <- which(v == s[1]); v[at] <- s[2]
    touched <- union(touched, at)
  }
  v
}
imp <- lapply(x, identity); imp$a <- imp$a / size
imp <- lapply(imp, function(v) { for (g in unique(groups)) { i <- groups == g; v[i & is.na(v)] <- mean(v[i], na.rm = TRUE) }; v })
out$imputed <- imp
out$rowImputed_d12 <- { # unit 12, indicator d: mean of its siblings e and f on min-max (pillar Q holds d, e, f)
  mm <- function(v) (v - min(v, na.rm = TRUE)) / diff(range(v, na.rm = TRUE))
  s <- mean(c(mm(x$e)[12], mm(x$f)[12])); r <- range(x$d, na.rm = TRUE); r[1] + s * diff(r) }
out$shape <- lapply(imp, function(v) c(skewness(v, type = 2), kurtosis(v, type = 2)))
tr <- lapply(imp, pull_in, most = 5); out$treated <- tr
nm <- mapply(function(v, k) { v <- v * direction[[k]]; (v - min(v)) / (max(v) - min(v)) * 100 }, tr, names(tr), SIMPLIFY = FALSE)
out$normalised <- nm
wm <- function(m, w) as.vector(as.matrix(m) %*% w / sum(w))
P <- wm(as.data.frame(nm[c("a", "b", "c")]), weights[c("a", "b", "c")])
Q <- wm(as.data.frame(nm[c("d", "e", "f")]), weights[c("d", "e", "f")])
I <- wm(cbind(P, Q), weights[c("P", "Q")])
out$scores <- list(P = P, Q = Q, I = I); out$ranks <- rank(-round(I, 9), ties.method = "min")

# --- transformations ----------------------------------------------------------------------------------------------
skewed <- c(1, 2, 2.5, 3, 3.2, 4, 4.1, 5, 90, 400)
out$skewed <- skewed
out$shiftedLog <- log(skewed - min(skewed) + 0.01 * diff(range(skewed)))
z <- (skewed - min(skewed)) / diff(range(skewed)) + 0.01
dl <- function(l) { # derivative of the profile log-likelihood, from y = (z^l - 1)/l directly
  y <- (z^l - 1) / l; dy <- (z^l * log(z) * l - (z^l - 1)) / l^2
  -length(z) * sum((y - mean(y)) * (dy - mean(dy))) / sum((y - mean(y))^2) + sum(log(z)) }
lambda <- uniroot(dl, c(-2, -0.001), tol = 1e-15, maxiter = 10000)$root
opt <- optimise(function(l) { y <- (z^l - 1) / l; -length(z) / 2 * log(mean((y - mean(y))^2)) + (l - 1) * sum(log(z)) }, c(-2, -0.001), maximum = TRUE, tol = 1e-9)$maximum
stopifnot(abs(opt - lambda) < 1e-6)
out$lambda <- lambda; out$boxcox <- (z^lambda - 1) / lambda; out$boxcoxHalf <- (z^0.5 - 1) / 0.5

# --- normalisations of one column, both directions ----------------------------------------------------------------
v <- c(4, 9, NA, 1, 6.5, 4, 12); out$column <- v
both <- function(f) list(up = f(v), down = f(-v))
out$norm <- list(
  minmax = both(function(v) 1 + 99 * (v - min(v, na.rm = TRUE)) / diff(range(v, na.rm = TRUE))),
  zscore = both(function(v) 10 + 2 * as.vector(scale(v))),
  rank = both(function(v) rank(v, ties.method = "min", na.last = "keep")),
  borda = both(function(v) rank(v, ties.method = "average", na.last = "keep") - 1),
  percentile = both(function(v) (rank(v, ties.method = "max", na.last = "keep") - 1) / 5),
  distanceToMaximum = both(function(v) 1 - (max(v, na.rm = TRUE) - v) / diff(range(v, na.rm = TRUE))),
  distanceToTarget10 = list(up = (v - 1) / (10 - 1), down = pmin((12 - v) / (12 - 3), 1)), # target 10 and, capped, target 3
  distanceToReference5 = list(up = (v - 1) / (6.5 - 1), down = (12 - v) / (12 - 6.5)),     # fifth unit
  goalposts = list(up = pmin(pmax((v - 2) / 8, 0), 1) * 100, down = pmin(pmax((10 - v) / 8, 0), 1) * 100),
  fractionOfMaximum = list(up = v / 12))

# --- aggregations with a gap --------------------------------------------------------------------------------------
m <- rbind(c(10, 40, 70), c(25, NA, 90), c(60, 60, 60), c(NA, NA, NA), c(33, 80, 5)); w <- c(1, 2, 0.5)
out$matrix <- lapply(1:3, function(j) m[, j]); out$matrixWeights <- w
row <- function(f) apply(m, 1, function(r) { k <- !is.na(r); if (!any(k)) NA else f(r[k], w[k] / sum(w[k])) })
out$means <- list(
  arithmetic = row(function(r, w) sum(w * r)), geometric = row(function(r, w) prod(r^w)), harmonic = row(function(r, w) 1 / sum(w / r)),
  power3 = row(function(r, w) sum(w * r^3)^(1 / 3)), powerMinus2 = row(function(r, w) sum(w * r^-2)^(-1 / 2)),
  mazziottaPareto = row(function(r, w) { M <- sum(w * r); M - sum(w * (r - M)^2) / M }))
full <- m[c(1, 3, 5), ]; n <- 3 # Copeland without gaps, from the definition
orm <- outer(1:n, 1:n, Vectorize(function(i, j) sum(w[full[i, ] > full[j, ]]) / sum(w) + sum(w[full[i, ] == full[j, ]]) / sum(w) / 2))
out$copelandShare <- rowSums(orm) - diag(orm); out$copelandWins <- sapply(1:n, function(i) sum(sign(round(orm[i, -i] - 0.5, 12))))

# --- weights --------------------------------------------------------------------------------------------------------
k <- cbind(imp$b, imp$d, tr$e, nm$a); out$weightData <- lapply(1:4, function(j) k[, j])
out$pca <- prcomp(k, scale. = TRUE)$rotation[, 1]^2
C <- cov(k); s <- sqrt(diag(C)); R <- C / s
balance <- function(R, t) { # min |Rw - t|^2, sum(Rw) = 1, w >= 0
  q <- solve.QP(t(R) %*% R, t(R) %*% t, cbind(colSums(R), diag(ncol(R))), c(1, rep(0, ncol(R))), meq = 1)$solution
  q <- ifelse(abs(q) < 1e-12, 0, q); q / sum(q) }
sc <- apply(k, 2, function(v) v / sd(v)); Rs <- cov(sc)
inner <- solve(cor(k)[1:2, 1:2], c(1, 2)) / apply(k[, 1:2], 2, sd); inner <- inner / sum(inner) # closed form, all positive
out$balancedTwo <- inner
kk <- cbind(sc, sc[, 2] + 0.3 * sc[, 1] + c(0.1, -0.2, 0.3, -0.1, 0.2, 0, -0.3, 0.1, -0.2, 0.1, 0, 0.2)); C <- cov(kk)
out$balancedData <- lapply(1:5, function(j) kk[, j]); out$balancedEqual <- balance(C / sqrt(diag(C)), rep(1 / 5, 5))
out$balancedImportance <- balance(C / sqrt(diag(C)), c(1, 4, 1, 1, 1) / 8)

b <- cbind(c(80, 20, 55, 30, 0, 62), c(35, 90, 60, 20, 75, 58), c(50, 45, 52, 10, 40, 66))
out$bodData <- lapply(1:3, function(j) b[, j])
out$bod <- sapply(1:6, function(i) lp("max", b[i, ], b, rep("<=", 6), rep(1, 6))$objval)
d <- b[-5, ]
out$bodShares <- sapply(1:5, function(i) { y <- d[i, ]
  lo <- t(sapply(1:3, function(j) 0.2 * y - y * (1:3 == j))); hi <- t(sapply(1:3, function(j) y * (1:3 == j) - 0.5 * y))
  lp("max", y, rbind(d, lo, hi), rep("<=", 11), c(rep(1, 5), rep(0, 6)))$objval })

json <- function(o) {
  if (is.list(o)) {
    parts <- sapply(o, json)
    if (is.null(names(o))) paste0("[", paste(parts, collapse = ", "), "]")
    else paste0("{", paste0("\"", names(o), "\": ", parts, collapse = ", "), "}")
  } else {
    t <- if (is.character(o)) paste0("\"", o, "\"") else ifelse(is.na(o), "null", sprintf("%.17g", o))
    if (length(t) == 1) t else paste0("[", paste(t, collapse = ", "), "]")
  }
}
out <- c(list(tool = paste0(R.version.string, "; e1071 ", packageVersion("e1071"), ", lpSolve ", packageVersion("lpSolve"), ", quadprog ", packageVersion("quadprog"))), out)
cat("{\n", paste0("  \"", names(out), "\": ", sapply(out, json), collapse = ",\n"), "\n}\n", sep = "")
