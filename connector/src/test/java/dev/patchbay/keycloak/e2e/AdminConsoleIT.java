package dev.patchbay.keycloak.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The form of a target and its buttons, as an administrator sees them in a browser. */
@Tag("long")
@OnKeycloak
@EnabledIf(
    value = "hasBrowser",
    disabledReason = "needs Chromium, as by 'apt install chromium', or -Dchromium=…")
class AdminConsoleIT {
  private static final Path CHROMIUM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));

  /** Looked at by people only. */
  private static final Path SCREENSHOT = Path.of("target", "keycloak", "admin-console.png");

  private Rig rig;
  private Realm realm;
  private Playwright playwright;
  private Page page;

  static boolean hasBrowser() {
    return Files.isExecutable(CHROMIUM);
  }

  @BeforeEach
  void signIn(Rig all, Realm own) {
    rig = all;
    realm = own;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "true")));
    page = chromium().newPage(new Browser.NewPageOptions().setViewportSize(1400, 1700));
    open("/user-federation");
    page.locator("#username").fill("admin");
    page.locator("#password").fill("admin");
    page.locator("#kc-login").click();
    assertThat(heading("User federation")).isVisible();
  }

  private Browser chromium() {
    return playwright
        .chromium()
        .launch(
            new LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(List.of("--no-sandbox"))); // tests may run as root
  }

  @AfterEach
  void close() {
    page.screenshot(new ScreenshotOptions().setPath(SCREENSHOT));
    playwright.close();
  }

  @Test
  void aTargetIsMadeByItsFormAndSyncedByItsButton() {
    var sales = realm.createGroup("sales");
    var ada = realm.createUser("ada", "'groups':['/%s']".formatted(sales.name()));
    page.getByText("Add Patchbay providers")
        .click(new Locator.ClickOptions().setForce(true)); // a label lies over the card
    fill("UI display name", "phones");
    fill("SCIM base URL", rig.bridge().scim(realm.name()).toString());
    page.getByTestId("config.groups0").fill("*");

    fill("Bearer token", "wrong");
    click("Save");
    assertThat(page.getByText("token: the target does not let us in")).isVisible();

    fill("Bearer token", rig.bridge().token());
    click("Save");
    assertThat(page.getByText("User federation provider successfully created")).isVisible();
    eventually(() -> assertThat(rig.pbx().members(sales.name())).containsExactly(ada.name()));

    click("Add new provider");
    assertThat(menuItem("Patchbay")).isVisible();
    click("Add new provider");

    page.getByText("phones", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByLabel("Bearer token")).hasValue("**********");
    click("Action");
    menuItem("Sync all users").click();
    assertThat(page.getByText("Sync of users finished successfully.")).isVisible();
  }

  private void open(String place) {
    page.navigate(rig.keycloak().at("/admin/master/console/") + "#/" + realm.name() + place);
  }

  private void fill(String label, String text) {
    page.getByLabel(label).fill(text);
  }

  private void click(String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  private Locator menuItem(String text) {
    return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(text));
  }

  private Locator heading(String text) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text));
  }
}
