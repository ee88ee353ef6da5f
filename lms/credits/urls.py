from django.urls import URLPattern, URLResolver, path

from .views import claim, claim_files, claims, pools, portfolio_desk, portfolios, shares, statement

app_name = "credits"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/ledger/", statement.show, name="statement"),
    path("me/credits/claims/", claims.mine, name="claims"),
    path("me/credits/claims/new/", claims.new, name="claim-new"),
    path("me/credits/claims/<uuid:uid>/", claim.claim, name="claim"),
    path("me/credits/shares/<uuid:uid>/", shares.share, name="share"),
    path("me/credits/claim-files/<uuid:uid>/", claim_files.evidence, name="claim-file"),
    path("me/credits/portfolios/", portfolios.mine, name="portfolios"),
    path("me/credits/portfolios/new/", portfolios.new, name="portfolio-new"),
    path("me/credits/portfolios/<uuid:uid>/", portfolios.one, name="portfolio"),
    path("desk/credits/portfolios/", portfolio_desk.desk, name="portfolio-desk"),
    path("desk/credits/portfolios/<uuid:uid>/", portfolio_desk.review, name="portfolio-review"),
    path("me/credits/rewards/", pools.mine, name="rewards"),
    path("me/credits/rewards/new/", pools.new, name="reward-new"),
    path("me/credits/rewards/rules/", pools.rules, name="reward-rules"),
    path("me/credits/rewards/<uuid:uid>/", pools.one, name="reward"),
    path("me/credits/rewards/<uuid:uid>/sheet.pdf", pools.sheet, name="reward-sheet"),
]
api_urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = []
