from django.urls import URLPattern, URLResolver, path

from .views import portfolio_desk, portfolios, statement

app_name = "credits"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/ledger/", statement.show, name="statement"),
    path("me/credits/portfolios/", portfolios.mine, name="portfolios"),
    path("me/credits/portfolios/new/", portfolios.new, name="portfolio-new"),
    path("me/credits/portfolios/<uuid:uid>/", portfolios.one, name="portfolio"),
    path("desk/credits/portfolios/", portfolio_desk.desk, name="portfolio-desk"),
    path("desk/credits/portfolios/<uuid:uid>/", portfolio_desk.review, name="portfolio-review"),
]
api_urlpatterns: list[URLPattern | URLResolver] = []
machine_urlpatterns: list[URLPattern | URLResolver] = []
