# Golden values of correlation, cronbach, kmo, pca, clustering, silhouette, k-means and distributions.
# Input: multivariate.csv (invented). Run in this folder: Rscript multivariate.R > multivariate.json
suppressMessages({ library(psych); library(cluster); library(jsonlite) })
x <- read.csv("multivariate.csv", row.names = 1)
complete <- na.omit(x)
square <- function(m) unname(as.matrix(m))
correlations <- sapply(c("pearson", "spearman", "kendall"), simplify = FALSE,
  function(kind) square(cor(x, method = kind, use = "pairwise.complete.obs")))
scale4 <- complete[, c("a", "b", "c", "f")]
alpha <- suppressWarnings(psych::alpha(scale4, check.keys = FALSE))
kmo5 <- complete[, c("a", "b", "c", "d", "e")]
kmo <- psych::KMO(cor(kmo5))
bartlett <- psych::cortest.bartlett(cor(kmo5), n = nrow(kmo5))
pca <- prcomp(kmo5, center = TRUE, scale. = TRUE)
z <- scale(kmo5)
tree <- hclust(dist(z), method = "ward.D2")
cut3 <- cutree(tree, 3)
sil <- silhouette(cut3, dist(z))
set.seed(1)
km <- sapply(2:4, function(k) kmeans(z, k, nstart = 500, iter.max = 100)$tot.withinss)
probabilities <- list(
  chisq = lapply(list(c(0.5, 1), c(3.84, 1), c(12, 10), c(90, 36), c(250, 100), c(400, 36)),
    function(p) c(p, pchisq(p[1], p[2], lower.tail = FALSE))),
  f = lapply(list(c(0.7, 3, 8), c(2.5, 5, 15), c(11.03, 5, 15), c(1.02, 50, 60), c(40, 2, 7.5)),
    function(p) c(p, pf(p[1], p[2], p[3], lower.tail = FALSE))),
  qf = lapply(list(c(0.975, 5, 15), c(0.025, 5, 15), c(0.975, 4.19, 5), c(0.5, 30, 2)),
    function(p) c(p, qf(p[1], p[2], p[3]))),
  lgamma = lapply(c(0.1, 0.5, 1.5, 3, 10.25, 171.5, 4000), function(v) c(v, lgamma(v))))
write(toJSON(list(
  tool = paste(R.version.string, "psych", packageVersion("psych"), "cluster", packageVersion("cluster")),
  codes = names(x), rows = square(x),
  correlations = correlations,
  alpha = list(alpha = alpha$total$raw_alpha, ifDeleted = alpha$alpha.drop$raw_alpha, itemRest = alpha$item.stats$r.drop),
  kmo = list(overall = kmo$MSA, elements = unname(kmo$MSAi)),
  bartlett = list(statistic = bartlett$chisq, degreesOfFreedom = bartlett$df, pValue = bartlett$p.value),
  pca = list(eigenvalues = pca$sdev^2, vectors = square(pca$rotation), scores = square(pca$x)),
  tree = list(heights = tree$height, cut3 = unname(cut3), cut5 = unname(cutree(tree, 5))),
  silhouette = list(widths = unname(sil[, "sil_width"]), mean = mean(sil[, "sil_width"])),
  kmeans = km, probabilities = probabilities), digits = NA, auto_unbox = TRUE, na = "null"), stdout())
